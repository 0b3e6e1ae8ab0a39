"""Read question banks, find a question, and check files for `mockint bank check`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from mockint import paths
from mockint.banks.document import MAX_BYTES, DocumentError, parse
from mockint.banks.entries import Problem, Reading, read
from mockint.errors import BankError, nearest
from mockint.model import Bank, Question

_SUFFIXES = (".yaml", ".yml")


class Loaded(NamedTuple):
    """The banks there are to ask from, and what was left out."""

    banks: tuple[Bank, ...]
    left_out: tuple[BankError, ...]
    """One for each of the user's own banks that cannot be used: what is wrong, and how to see everything wrong."""


def load_banks(directories: Iterable[Path]) -> tuple[Bank, ...]:
    """Read every bank (*.yaml, *.yml) of the directories, in order of file name.

    Raises BankError, also for an id used twice and when no bank is found.
    """
    chosen = tuple(directories)
    files = [file for directory in chosen for file in _bank_files(directory)]
    if not files:
        named = ", ".join(str(directory) for directory in chosen)
        raise BankError(f"There is no question bank in {named}.", "Put a .yaml bank there, or install mockint again.")
    readings = [_read(file) for file in files]
    problems = _problems(readings)
    if problems:
        raise _error(problems)
    return tuple(reading.bank for reading in readings if reading.bank is not None)


def usual_banks() -> Loaded:
    """The shipped banks, then the user's own in `banks/` of mockint's home; raises BankError for a shipped one.

    One of the user's own that cannot be used, or that uses an id given before, is left out whole: the others are asked
    from all the same.
    """
    banks = list(load_banks([paths.banks_dir()]))
    own = own_banks_dir()
    try:
        files = _bank_files(own) if os.path.lexists(own) else []
    except BankError as exc:
        return Loaded(tuple(banks), (exc,))
    left_out: list[BankError] = []
    used = {question.id: bank.path for bank in banks for question in bank.questions}
    for file in files:
        reading = _read(file)
        problems = reading.problems or tuple(_used_before(reading, used))
        if reading.bank is None or problems:
            left_out.append(_error(problems))
            continue
        banks.append(reading.bank)
        used |= dict.fromkeys(reading.ids, str(file))
    return Loaded(tuple(banks), tuple(left_out))


def own_banks_dir() -> Path:
    """Where users put banks of their own."""
    return paths.home() / "banks"


def find_question(banks: Iterable[Bank], id: str) -> Question:
    """Return the question with this id; raises BankError naming the nearest one."""
    known = {question.id: question for bank in banks for question in bank.questions}
    if id not in known:
        raise BankError(f'No question has the id "{id[:80]}".{nearest(id, known)}', "See `mockint bank list`.")
    return known[id]


def check(files_or_directories: Iterable[Path]) -> tuple[Problem, ...]:
    """Return everything wrong in these files (of a directory: its banks), duplicate ids across them included."""
    files = [file for path in files_or_directories for file in (_bank_files(path) if path.is_dir() else [path])]
    return _problems([_read(file) for file in files])


def _bank_files(directory: Path) -> list[Path]:
    try:
        return sorted(file for file in directory.iterdir() if file.suffix in _SUFFIXES and not file.is_dir())
    except OSError as exc:
        raise BankError(f"Cannot read {directory}: {exc.strerror}.", "Name a directory with .yaml banks.") from exc


def _read(path: Path) -> Reading:
    try:
        return read(parse(_bytes(path)), str(path))
    except OSError as exc:
        message, line = f"cannot be read: {exc.strerror or exc}", 0
    except DocumentError as exc:
        message, line = exc.message, exc.line
    return Reading(None, (Problem(file=str(path), line=line, entry="", field="", message=message),), {}, str(path))


def _bytes(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise DocumentError("this is not a file")
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _problems(readings: Iterable[Reading]) -> tuple[Problem, ...]:
    """The problems of each file, and the ids used in more than one."""
    found: list[Problem] = []
    used: dict[str, str] = {}
    for reading in readings:
        found.extend(reading.problems)
        found.extend(_used_before(reading, used))
        for id, line in reading.ids.items():
            used.setdefault(id, f"{reading.file}, line {line}")
    return tuple(found)


def _used_before(reading: Reading, used: dict[str, str]) -> Iterator[Problem]:
    """The ids of a bank that are in `used` (id -> where), each as a problem."""
    for id, line in reading.ids.items():
        if id in used:
            message = f'"{id}" is already used in {used[id]}'
            yield Problem(file=reading.file, line=line, entry=id, field="id", message=message)


def _error(problems: tuple[Problem, ...]) -> BankError:
    first, *more = problems
    others = f" There {'is 1 more problem' if len(more) == 1 else f'are {len(more)} more problems'}." if more else ""
    return BankError(f"{first}.{others}", f"Correct it, then run `mockint bank check {first.file}`.")
