"""Answers: written down, scored, corrected, scored again."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockint.cli.shared import FILE, JOB, JSON, fail, new_runtime, print_json

if TYPE_CHECKING:
    from mockint.model import Job, Question
    from mockint.runtime import Runtime


@click.command()
@click.argument("audio", type=FILE)
@click.option("--engine", default="", help="Recogniser; default: the settings' one.")
@JOB
@JSON
def transcribe(audio: Path, engine: str, job_file: Path | None, as_json: bool) -> None:
    """Write down a recording, every word with its time."""
    import asyncio

    from mockint.plain import heard_so_far
    from mockint.report.text import transcript_line

    with new_runtime() as runtime, heard_so_far(runtime.length_s(audio)) as on_heard:
        job = runtime.job(job_file) if job_file else None
        transcript = asyncio.run(runtime.transcribe_file(audio, engine=engine, job=job, on_heard=on_heard))
    if as_json:
        print_json(transcript)
    else:
        click.echo(transcript_line(transcript))


@click.command()
@click.argument("audio", type=FILE, required=False)
@click.option("--transcript", type=FILE, metavar="FILE.json", help="Score a transcript made by `mockint transcribe`.")
@click.option("--text", type=FILE, metavar="FILE", help="Score a written answer.")
@click.option("--jsonl", type=click.Path(path_type=Path, allow_dash=True), help="Score a file of requests; - is stdin.")
@click.option("--question", default="", metavar="ID", help="The question answered (see: mockint bank list).")
@JOB
@JSON
def score(
    audio: Path | None,
    transcript: Path | None,
    text: Path | None,
    jsonl: Path | None,
    question: str,
    job_file: Path | None,
    as_json: bool,
) -> None:
    """Score one answer, or many with --jsonl. Without --question an answer is read as a story."""
    given = [source for source in (audio, transcript, text, jsonl) if source is not None]
    if len(given) != 1:
        raise click.UsageError("Name one of: AUDIO, --transcript, --text, --jsonl.")
    with new_runtime() as runtime:
        if jsonl is not None:
            _score_lines(runtime, jsonl)
            return
        from mockint import scoring
        from mockint.report.text import card_lines

        asked = _question(runtime, question)
        job = runtime.job(job_file) if job_file else None
        answer = _answer(runtime, audio, transcript, text, job, asked)
        card = scoring.score(asked, answer, job, runtime.settings.scoring)
    if as_json:
        print_json({"id": asked.id, "card": card})
    else:
        click.echo("\n".join(card_lines(card)))


@click.command()
@click.argument("session")
@click.argument("attempt")
@click.option("--take", type=click.IntRange(1), help="Number of the take; default: the one that counts.")
@click.option("--text", type=FILE, metavar="FILE", help="What was said; default: your editor opens ($EDITOR).")
@JSON
def correct(session: str, attempt: str, take: int | None, text: Path | None, as_json: bool) -> None:
    """Correct what was heard in an answer, and score it again; the versions before are kept."""
    from mockint import plain_rescoring
    from mockint.files import read_text
    from mockint.report.text import card_lines, transcript_line

    with new_runtime() as runtime:
        scored = plain_rescoring.correct(runtime, session, attempt, take, None if text is None else read_text(text))
    if scored is None:
        click.echo("Nothing was changed.", err=True)
    elif as_json:
        print_json(scored)
    else:
        click.echo("\n".join((transcript_line(scored.transcript), *card_lines(scored.card))))


@click.command()
@click.argument("session")
@click.option("--engine", default="", help="Recognise the recordings again with this; default: only score again.")
def rescore(session: str, engine: str) -> None:
    """Score a past session again, with this mockint's scorer; the cards before are kept."""
    import asyncio

    from mockint import plain_rescoring
    from mockint.plain import heard_so_far

    with new_runtime() as runtime, heard_so_far() as on_heard:
        asyncio.run(plain_rescoring.rescore(runtime, session, engine, click.echo, on_heard))


# --- inner ---------------------------------------------------------------------------------------------------------


def _question(runtime: Runtime, identifier: str) -> Question:
    from mockint.banks.load import find_question
    from mockint.model import Question

    if identifier:
        banks = runtime.banks()
        for error in runtime.left_out:
            click.echo(f"Left out: {error}", err=True)
        return find_question(banks, identifier)
    return Question(text="(no question named)", kind="behavioural", expects="story")


def _answer(
    runtime: Runtime, audio: Path | None, transcript: Path | None, text: Path | None, job: Job | None, asked: Question
) -> Any:
    import asyncio

    from mockint.files import read_text, read_transcript
    from mockint.model import typed_transcript
    from mockint.plain import heard_so_far

    if transcript is not None:
        return read_transcript(transcript)
    if text is not None:
        return typed_transcript(read_text(text))
    assert audio is not None
    with heard_so_far(runtime.length_s(audio)) as on_heard:
        return asyncio.run(runtime.transcribe_file(audio, job=job, question=asked, on_heard=on_heard))


def _score_lines(runtime: Runtime, source: Path) -> None:
    import msgspec

    from mockint.files import bounded_lines
    from mockint.scoring.request import answer_line

    def load_job(path: str) -> Job:
        return runtime.job(Path(path))

    with contextlib.ExitStack() as stack:
        if str(source) == "-":
            lines: Any = sys.stdin.buffer
        else:
            try:
                lines = stack.enter_context(source.open("rb"))
            except OSError as exc:
                fail(f"Cannot read {source}: {exc.strerror}. Name a file of JSON lines, or - for standard input.")
        for line in bounded_lines(lines):
            if line.strip():
                sys.stdout.buffer.write(
                    msgspec.json.encode(answer_line(line, load_job, runtime.settings.scoring)) + b"\n"
                )
                sys.stdout.buffer.flush()
