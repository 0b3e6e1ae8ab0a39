"""The demo: a shipped sample candidate (synthetic speech) in the microphone's place, otherwise the real thing.

`demo.yaml` names two questions of the shipped banks and the recordings that answer them; scripts/make_demo.py makes
the recordings.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec
import yaml

from mockint import paths
from mockint.banks.load import find_question
from mockint.capture import Heard
from mockint.errors import MockintError
from mockint.interview import Phase
from mockint.model import Question, Value
from mockint.plain import heard_so_far, say
from mockint.practice import CardReady, Notice, Ports, Practice, Update
from mockint.report.text import card_lines, question_lines, transcript_line
from mockint.runtime import Runtime


class SampleAnswer(Value, frozen=True, kw_only=True):
    """One answer of the sample candidate."""

    question: str
    audio: str
    text: str
    """What is said in the recording."""


class _DemoFailed(MockintError):
    title = "Demo"


def sample_answers() -> tuple[SampleAnswer, ...]:
    """The shipped answers."""
    raw = yaml.safe_load((paths.demo_dir() / "demo.yaml").read_text("utf-8"))
    return msgspec.convert(raw["answers"], tuple[SampleAnswer, ...])


def run(runtime: Runtime, *, as_json: bool) -> None:
    """Answer every sample question through record → transcribe → score → keep, and print the cards."""
    asyncio.run(_run(runtime, as_json))


async def _run(runtime: Runtime, as_json: bool) -> None:
    samples = sample_answers()
    banks, job = runtime.banks(), runtime.job(None)
    questions = tuple(find_question(banks, sample.question) for sample in samples)
    recordings = {sample.question: paths.demo_dir() / sample.audio for sample in samples}
    cards: list[CardReady] = []
    problems: list[Notice] = []

    with heard_so_far() as show:

        def update(change: Update) -> None:
            match change:
                case CardReady():
                    cards.append(change)
                case Notice():
                    problems.append(change)
                case Heard():
                    show(change)

        practice = _practice(runtime, questions, recordings, update)
        if not as_json:
            say(f"A sample candidate answers {len(questions)} questions for: {job.title}.")
        try:
            await practice.begin()
            while practice.state.phase is not Phase.SUMMARY and not problems:
                await practice.answer()
                await practice.source_ended()
                if cards and not as_json:
                    _print(cards[-1], len(cards), len(questions))
                await practice.next()
        finally:
            await practice.close()
    if problems:
        raise _DemoFailed(problems[0].message, problems[0].hint)
    if as_json:
        answers = [{"question": c.question, "transcript": c.transcript, "card": c.card} for c in cards]
        say(msgspec.json.format(msgspec.json.encode({"session": practice.session_id, "answers": answers})).decode())
    else:
        say()
        say(f"Kept as {practice.session_id}. See: mockint report {practice.session_id}")


def _practice(
    runtime: Runtime, questions: tuple[Question, ...], recordings: dict[str, Path], emit: Callable[[Update], None]
) -> Practice:
    """An interview in which the recordings answer and nothing is read out."""
    silent = msgspec.structs.replace(
        runtime.settings, speech=msgspec.structs.replace(runtime.settings.speech, enabled=False)
    )
    ports = Ports(
        speaker=runtime.speaker(),
        player=runtime.player(),
        transcriber=runtime.transcriber(),
        new_recorder=lambda question: runtime.file_recorder(recordings[question.id]),
    )
    return Practice(
        ports=ports, store=runtime.store, settings=silent, questions=questions, job=runtime.job(None), emit=emit
    )


def _print(ready: CardReady, number: int, total: int) -> None:
    say()
    say("\n".join(question_lines(ready.question, number, total)))
    say(transcript_line(ready.transcript))
    say("\n".join(card_lines(ready.card)))
