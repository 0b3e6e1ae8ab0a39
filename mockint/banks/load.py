"""Read question banks, find a question, and check files for `mockint bank check`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mockint import paths
from mockint.banks.document import MAX_BYTES, DocumentError, parse
from mockint.banks.entries import Problem, Reading, read
from mockint.errors import BankError, nearest
from mockint.model import Bank, Question

_SUFFIXES = (".yaml", ".yml")


def load_bank(path: Path) -> Bank:
    """Read one bank; raises BankError naming file, line, entry and field of the first problem."""
    reading = _read(path)
    if reading.bank is None:
        raise _error(reading.problems)
    return reading.bank


def load_banks(directories: Iterable[Path] | None = None) -> tuple[Bank, ...]:
    """Read every bank (*.yaml, *.yml) of the directories, in order of file name.

    None: the shipped banks, then the user's own in `banks/` of mockint's home if that is there. Raises BankError, also
    for an id used twice and when no bank is found.
    """
    chosen = _own_directories() if directories is None else tuple(directories)
    files = [file for directory in chosen for file in _bank_files(directory)]
    if not files:
        named = ", ".join(str(directory) for directory in chosen)
        raise BankError(f"There is no question bank in {named}.", "Put a .yaml bank there, or install mockint again.")
    readings = [_read(file) for file in files]
    problems = _problems(readings)
    if problems:
        raise _error(problems)
    return tuple(reading.bank for reading in readings if reading.bank is not None)


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


def _own_directories() -> tuple[Path, ...]:
    own = paths.home() / "banks"
    return (paths.banks_dir(), own) if own.is_dir() else (paths.banks_dir(),)


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
        for id, line in reading.ids.items():
            if id in used:
                message = f'"{id}" is already used in {used[id]}'
                found.append(Problem(file=reading.file, line=line, entry=id, field="id", message=message))
            used.setdefault(id, f"{reading.file}, line {line}")
    return tuple(found)


def _error(problems: tuple[Problem, ...]) -> BankError:
    first, *more = problems
    others = f" There {'is 1 more problem' if len(more) == 1 else f'are {len(more)} more problems'}." if more else ""
    return BankError(f"{first}.{others}", f"Correct it, then run `mockint bank check {first.file}`.")
