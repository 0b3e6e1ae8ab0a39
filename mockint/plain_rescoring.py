"""Correcting and scoring again, on the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

import click

from mockint import rescoring
from mockint.capture import Heard
from mockint.errors import RequestError, StoreError
from mockint.model import Card
from mockint.report.text import text_to_correct
from mockint.rescoring import Answer, Scored
from mockint.runtime import Runtime
from mockint.transcribe import registry

_OTHERWISE = "Name another in $EDITOR, or give the words with --text FILE."


def correct(runtime: Runtime, session: str, attempt: str, take: int | None, text: str | None) -> Scored | None:
    """Keep `text`, or what the user makes of the transcript in an editor, and score it; None when nothing was changed.

    Raises StoreError, RequestError.
    """
    answer = rescoring.find(runtime.store, session, attempt, take)
    if text is None:
        text = _edited(text_to_correct(answer.transcript, answer.card))
        if not text.split():
            return None
    if text.split() == answer.transcript.text.split():
        return None
    return rescoring.correct(runtime.store, runtime.settings.scoring, answer, text)


def _edited(text: str) -> str:
    """The text as it comes back from $VISUAL, $EDITOR or, on a terminal, the system's editor; empty when not saved."""
    if not sys.stdin.isatty() and not (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        raise RequestError("Without a terminal no editor can be opened.", _OTHERWISE)
    try:
        return click.edit(text, extension=".txt") or ""
    except click.ClickException as exc:
        raise RequestError(f"The editor failed: {exc.message}.", _OTHERWISE) from exc


async def rescore(
    runtime: Runtime, session: str, engine: str, say: Callable[[str], None], on_heard: Callable[[Heard], None]
) -> None:
    """Score every take of a session again and say what changed.

    With `engine` recordings are written down again first, but for those whose transcript the user corrected: the
    user knows best what was said. Raises StoreError where there is nothing to score, and what recognising raises.
    """
    if engine:
        registry.choose(engine)  # a name that does not exist is told, also where nothing is to be recognised again
    found = list(rescoring.answers(runtime.store.load(session)))
    if not found:
        raise StoreError(f"Session {session} has no answer to score.", f"See: mockint report {session}")
    for answer in found:
        name = f"{answer.ref.attempt} take {answer.ref.number}"
        corrected = answer.transcript.corrected_from is not None
        if engine and answer.audio and not corrected:
            scored = await runtime.recognise_again(answer, engine, on_heard)
        else:
            scored = rescoring.keep(runtime.store, runtime.settings.scoring, answer)
        note = " (corrected by you: not recognised again)" if engine and corrected else ""
        say(f"{name}: {', '.join(_changes(answer, scored.card))}{note}")


def _changes(answer: Answer, card: Card) -> Iterator[str]:
    """`structure 3`, or `structure 3 → 4` where it differs."""
    for name in ("structure", "coverage", "delivery"):
        after = _level(card, name)
        before = after if answer.card is None else _level(answer.card, name)
        yield f"{name} {after}" if before == after else f"{name} {before} → {after}"


def _level(card: Card, name: str) -> str:
    level = getattr(card, name).level
    return "not measured" if level is None else str(level)
