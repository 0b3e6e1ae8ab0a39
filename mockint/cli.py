"""The `mockint` command. Every command is thin and imports what it needs when it runs."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from mockint import __version__
from mockint.errors import MockintError

if TYPE_CHECKING:
    from mockint.interview import Wishes
    from mockint.model import Job, Question
    from mockint.records import SessionRecord
    from mockint.runtime import Runtime

_FILE = click.Path(path_type=Path, dir_okay=False)
_AUDIO = click.argument("audio", type=_FILE, required=False)
_JOB = click.option("--job", "job_file", type=_FILE, metavar="FILE", help="Job description the answers are for.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON only.")


class _Group(click.Group):
    """Turns our errors into one line on standard error and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except MockintError as exc:
            _fail(str(exc))
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            sys.exit(130)


@click.group(cls=_Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mockint")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Practise job interviews aloud, on your own machine. Without a command: open the app."""
    if ctx.invoked_subcommand is None:
        _open_app(None, None)


@main.command()
@click.option("--plain", is_flag=True, help="Lines of text instead of the app: for screen readers and scripts.")
@_JOB
@click.option("--questions", type=click.IntRange(1, 50), help="How many questions.")
@click.option("--minutes", type=click.IntRange(3, 180), help="How long it may take.")
@click.option("--question", "only", multiple=True, metavar="ID", help="Ask this very question (may be repeated).")
def interview(
    plain: bool, job_file: Path | None, questions: int | None, minutes: int | None, only: tuple[str, ...]
) -> None:
    """Hold one interview: questions aloud, answers aloud, a card with evidence for each."""
    from mockint.interview import Wishes

    wishes = Wishes(minutes=minutes or 0, count=questions or 0, only=only)
    if not plain:
        _open_app(job_file, wishes)
        return
    from mockint import plain as plain_mode

    with _runtime() as runtime:
        plain_mode.interview(runtime, job_file, wishes)


@main.command()
@click.option("--plain", is_flag=True, help="Lines of text; what the demo prints in any case.")
@_JSON
def demo(plain: bool, as_json: bool) -> None:
    """Hear a shipped sample candidate through the whole loop: recorded, transcribed, scored, kept."""
    from mockint import demo as demo_mode

    with _runtime() as runtime:
        demo_mode.run(runtime, as_json=as_json)


@main.command()
@click.argument("audio", type=_FILE)
@click.option("--engine", default="", help="Recogniser; default: the settings' one.")
@_JOB
@_JSON
def transcribe(audio: Path, engine: str, job_file: Path | None, as_json: bool) -> None:
    """Write down a recording, every word with its time."""
    import asyncio

    from mockint.plain import heard_so_far
    from mockint.report.text import transcript_line

    with _runtime() as runtime, heard_so_far(runtime.length_s(audio)) as on_heard:
        job = runtime.job(job_file) if job_file else None
        transcript = asyncio.run(runtime.transcribe_file(audio, engine=engine, job=job, on_heard=on_heard))
    if as_json:
        _print_json(transcript)
    else:
        click.echo(transcript_line(transcript))


@main.command()
@_AUDIO
@click.option("--transcript", type=_FILE, metavar="FILE.json", help="Score a transcript made by `mockint transcribe`.")
@click.option("--text", type=_FILE, metavar="FILE", help="Score a written answer.")
@click.option("--jsonl", type=click.Path(path_type=Path, allow_dash=True), help="Score a file of requests; - is stdin.")
@click.option("--question", default="", metavar="ID", help="The question answered (see: mockint bank list).")
@_JOB
@_JSON
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
    with _runtime() as runtime:
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
        _print_json({"id": asked.id, "card": card})
    else:
        click.echo("\n".join(card_lines(card)))


@main.command()
@click.argument("file", type=_FILE)
@click.option("--set", "shares", multiple=True, metavar="AREA=PERCENT", help="Set an area's share; may be repeated.")
@click.option("--drop", "dropped", multiple=True, metavar="NAME", help="Leave out an area or a term; may be repeated.")
@click.option("--keep", "kept", multiple=True, metavar="NAME", help="Undo --set or --drop of an area or a term.")
@click.option("--reset", is_flag=True, help="Undo every edit of this posting.")
@_JSON
def job(
    file: Path, shares: tuple[str, ...], dropped: tuple[str, ...], kept: tuple[str, ...], reset: bool, as_json: bool
) -> None:
    """Show what mockint reads from a job description (text, Markdown, HTML, PDF, .docx), and edit its focus areas.

    Edits are kept in FILE.focus.json beside the posting and count whenever it is read.
    """
    from mockint import posting
    from mockint.report.text import job_lines

    if shares or dropped or kept or reset:
        posting.edit(file, shares=[_share(text) for text in shares], dropped=dropped, kept=kept, reset=reset)
    found = posting.read_job(file)
    if as_json:
        _print_json(found)
    else:
        click.echo("\n".join(job_lines(found)))


@main.group()
def bank() -> None:
    """Question banks."""


@bank.command("list")
@_JSON
def bank_list(as_json: bool) -> None:
    """List every question with its id."""
    from mockint.banks.load import usual_banks

    banks, left_out = usual_banks()
    for error in left_out:
        click.echo(f"Left out: {error}", err=True)
    if as_json:
        _print_json([{"area": b.area, "title": b.title, "questions": b.questions} for b in banks])
        return
    for one in banks:
        click.echo(f"{one.title} ({one.area})")
        for question in one.questions:
            click.echo(f"  {question.id}  [{question.difficulty}]  {question.text}")


@bank.command("check")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
def bank_check(files: tuple[Path, ...]) -> None:
    """Check question banks (files or folders of them); names file, line, entry and field of everything wrong."""
    from mockint.banks.load import check

    problems = check(files)
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        _fail(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} found. Correct them and check again.")
    click.echo("Checked: all well.")


@bank.command("schema")
def bank_schema() -> None:
    """Print the JSON Schema of a bank, for an editor that checks and completes what you type."""
    from mockint.banks.schema import schema

    click.echo(schema(), nl=False)


@bank.command("import")
@click.argument("file", type=_FILE)
@click.option("--area", metavar="ID", help="Focus area of the questions; default: the file's own, or its name.")
@click.option("--out", type=_FILE, metavar="FILE.yaml", help="Where the bank goes; default: among your own banks.")
def bank_import(file: Path, area: str | None, out: Path | None) -> None:
    """Make a bank of questions in Markdown, CSV, JSON, YAML or an Anki package, and say what was left out and why."""
    from mockint.exchange import bring
    from mockint.exchange.port import left_out_lines
    from mockint.untrusted import plain_text

    if area is not None and bring.slug(area) != area:
        raise click.BadParameter("small letters, digits and -, at most 64.", param_hint="--area")
    banks, left_out, files = bring.import_file(file, area, out)
    for one, place in zip(banks, files, strict=True):
        count = len(one.questions)
        click.echo(f"{count} question{'' if count == 1 else 's'} in the area {one.area}: {place}")
    for line in left_out_lines(left_out):
        click.echo(f"  {plain_text(line)}")


@bank.command("export")
@click.argument("areas", metavar="[AREA]...", nargs=-1)
@click.argument("out", type=_FILE)
def bank_export(areas: tuple[str, ...], out: Path) -> None:
    """Write banks (without an AREA: all) as Markdown, CSV, TSV, JSON or an Anki package, by the ending of OUT."""
    from mockint.banks.load import usual_banks
    from mockint.exchange.send import export_banks

    written = export_banks(usual_banks().banks, areas, out)
    click.echo(f"{sum(len(one.questions) for one in written)} questions written to {out}.")


@main.group()
def story() -> None:
    """Your own stories for behavioural questions: Markdown files, told in situation, task, action and result."""


@story.command("list")
@_JSON
def story_list(as_json: bool) -> None:
    """List your stories with what they show."""
    from mockint import paths
    from mockint.stories.load import usual_stories

    stories, left_out = usual_stories()
    for error in left_out:
        click.echo(f"Left out: {error}", err=True)
    if as_json:
        _print_json(stories)
        return
    for one in stories:
        click.echo(f"{one.id}  {one.title}  [{', '.join(one.competences)}]")
    if not stories:
        click.echo(f'No stories yet in {paths.stories_dir()}. Begin one with: mockint story new "The title"')


@story.command("check")
@click.argument("chosen", metavar="[FILE]...", type=_FILE, nargs=-1)
def story_check(chosen: tuple[Path, ...]) -> None:
    """Check your stories (without a FILE: all); names file and line of everything that is missing."""
    from mockint.stories import load

    files = list(chosen) or load.files()
    problems = load.check(files)
    for problem in problems:
        click.echo(str(problem), err=True)
    for line in load.unknown_competences(files):
        click.echo(f"Note: {line}", err=True)
    if problems:
        _fail(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} found. Correct them and check again.")
    click.echo(f"{len(files)} checked: all well.")


@story.command("new")
@click.argument("title")
@click.option("--competence", "named", multiple=True, metavar="NAME", help="What it shows (may be repeated).")
def story_new(title: str, named: tuple[str, ...]) -> None:
    """Begin a story: makes a file with the headings to fill, and says where it is."""
    from mockint.stories.load import begin

    click.echo(f"Made {begin(title, named)}. Fill it in, then: mockint story check")


@main.group()
def models() -> None:
    """Recogniser weights: what is here, fetching and removing them. Nothing is ever fetched unasked."""


@models.command("list")
@_JSON
def models_list(as_json: bool) -> None:
    """List the weights that can be fetched, and which are here."""
    from mockint.plain_models import state
    from mockint.weights.catalogue import catalogue

    if as_json:
        _print_json(
            [
                {
                    "name": entry.name,
                    "engine": entry.engine,
                    "model": entry.model,
                    "about": entry.about,
                    "licence": entry.licence,
                    "megabytes": entry.megabytes,
                    "installed": entry.installed,
                    "bytes_on_disk": entry.bytes_on_disk,
                    "path": str(entry.place),
                }
                for entry in catalogue()
            ]
        )
        return
    for entry in catalogue():
        click.echo(f"{entry.name:24} {state(entry):38} {entry.about}")


@models.command("download")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Agree beforehand.")
def models_download(name: str, yes: bool) -> None:
    """Fetch weights: the size is said and agreed to first; goes on from where an earlier try ended."""
    from mockint import plain_models
    from mockint.weights.catalogue import find

    with _runtime() as runtime:
        plain_models.download(runtime, find(name), agreed=yes)


@models.command("remove")
@click.argument("name")
def models_remove(name: str) -> None:
    """Delete weights from this machine, with what is left of an unfinished download."""
    from mockint.plain_models import megabytes
    from mockint.weights.catalogue import find, remove

    click.echo(f"Removed {name}: {megabytes(remove(find(name)))} are free again.")


@main.command()
@click.option("--search", metavar="TEXT", help="Only sessions with these words in a question, an answer or the notes.")
@_JSON
def history(search: str | None, as_json: bool) -> None:
    """List past sessions, newest first."""
    from mockint.plain import shown_progress
    from mockint.report.text import history_lines

    with _runtime() as runtime, shown_progress() as progress:
        rows = runtime.store.summaries(progress)
        if search is not None:
            rows = runtime.store.search(search, rows)
    if as_json:
        _print_json(rows)
    elif rows:
        click.echo("\n".join(line for row in rows for line in history_lines(row)))
    elif search is None:
        click.echo("No sessions yet. Start one with: mockint")
    else:
        click.echo(f'No session has all the words of "{search}".')


@main.command()
@_JOB
@_JSON
def progress(job_file: Path | None, as_json: bool) -> None:
    """Show how it goes over all sessions: what to practise next, what is due again, levels over time by area."""
    from mockint.plain import shown_progress
    from mockint.report.progress import progress_lines

    with _runtime() as runtime, shown_progress() as reading:
        found = runtime.progress(runtime.job(job_file), reading)
    if as_json:
        _print_json(found)
    else:
        click.echo("\n".join(progress_lines(found)))


@main.command()
@click.argument("session")
@click.option("--html", type=_FILE, metavar="FILE", help="Write one page that needs nothing else, recordings inside.")
@click.option("--markdown", type=_FILE, metavar="FILE", help="Write Markdown.")
@click.option("--no-audio", is_flag=True, help="With --html: leave the recordings out.")
@click.option("--redact", is_flag=True, help="Leave out what was said, recordings, days, and the company's name.")
@_JSON
def report(session: str, html: Path | None, markdown: Path | None, no_audio: bool, redact: bool, as_json: bool) -> None:
    """Show a past session (an id of `mockint history`, or `latest`), or write it as a report to keep or hand on."""
    if sum((html is not None, markdown is not None, as_json)) > 1:
        raise click.UsageError("Choose one of: --html, --markdown, --json.")
    if no_audio and html is None:
        raise click.UsageError("--no-audio goes with --html.")
    with _runtime() as runtime:
        record = runtime.store.load(session)
    if html is not None:
        from mockint import reporting
        from mockint.plain import shown_progress

        with shown_progress("Packing the recordings") as progress:
            reporting.write_html(record, html, audio=not no_audio, redact=redact, progress=progress)
    elif markdown is not None:
        from mockint import reporting

        reporting.write_markdown(record, markdown, redact=redact)
    else:
        _show(record, redact, as_json)
        return
    click.echo(f"Written: {html or markdown}")


@main.command()
@click.option("--audio", "audio_only", is_flag=True, help="Only the recordings: transcripts, cards and notes stay.")
@click.option("--older-than", default="", metavar="AGE", help="Only sessions older than, for example, 90d, 12w or 1y.")
@click.option("--session", default="", metavar="ID", help="Only this session (an id of `mockint history`, or latest).")
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
@click.option("--yes", is_flag=True, help="Agree beforehand.")
def purge(audio_only: bool, older_than: str, session: str, dry_run: bool, yes: bool) -> None:
    """Delete voice data: all of it, or what is named. Says first how much it is and where, and asks."""
    from mockint import plain_purge

    with _runtime() as runtime:
        plain_purge.purge(
            runtime, audio_only=audio_only, older_than=older_than, session=session, dry_run=dry_run, agreed=yes
        )


@main.command()
@click.argument("session")
@click.argument("attempt")
@click.option("--take", type=click.IntRange(1), help="Number of the take; default: the one that counts.")
@click.option("--text", type=_FILE, metavar="FILE", help="What was said; default: your editor opens ($EDITOR).")
@_JSON
def correct(session: str, attempt: str, take: int | None, text: Path | None, as_json: bool) -> None:
    """Correct what was heard in an answer, and score it again; the versions before are kept."""
    from mockint import plain_rescoring
    from mockint.files import read_text
    from mockint.report.text import card_lines, transcript_line

    with _runtime() as runtime:
        scored = plain_rescoring.correct(runtime, session, attempt, take, None if text is None else read_text(text))
    if scored is None:
        click.echo("Nothing was changed.", err=True)
    elif as_json:
        _print_json(scored)
    else:
        click.echo("\n".join((transcript_line(scored.transcript), *card_lines(scored.card))))


@main.command()
@click.argument("session")
@click.option("--engine", default="", help="Recognise the recordings again with this; default: only score again.")
def rescore(session: str, engine: str) -> None:
    """Score a past session again, with this mockint's scorer; the cards before are kept."""
    import asyncio

    from mockint import plain_rescoring
    from mockint.plain import heard_so_far

    with _runtime() as runtime, heard_so_far() as on_heard:
        asyncio.run(plain_rescoring.rescore(runtime, session, engine, click.echo, on_heard))


@main.command()
@click.option("--speed", "measure", is_flag=True, help="Measure first how fast each recogniser is on this machine.")
@click.option("--voice", is_flag=True, help="Only this: read 20 seconds aloud and see how well you are understood.")
@click.option("--keep", type=_FILE, metavar="FILE.wav", help="With --voice: keep the recording.")
@_JSON
def doctor(measure: bool, voice: bool, keep: Path | None, as_json: bool) -> None:
    """Check devices, voice, recognisers and files, and say how to mend what is missing."""
    if (voice and (measure or as_json)) or (keep and not voice):
        raise click.UsageError("--voice goes with nothing but --keep, and --keep only with --voice.")
    if voice:
        from mockint import plain_voice

        with _runtime() as runtime:
            plain_voice.run(runtime, keep)
        return
    from mockint import doctor as doctor_mode
    from mockint.doctor import speed

    with _quiet_natives():
        if measure:
            speed.measure(lambda line: click.echo(line, err=True))
        checks = doctor_mode.examine()
    if as_json:
        _print_json({"checks": checks, "speeds": speed.known()})
    else:
        click.echo("\n".join(doctor_mode.lines(checks)))


# --- inner ---------------------------------------------------------------------------------------------------------


def _open_app(job_file: Path | None, wishes: Wishes | None) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        _fail("The app needs a terminal. Use: mockint interview --plain, or: mockint demo --plain")
    from mockint.tui import app

    with _runtime() as runtime:
        code = app.run(runtime, job_file, wishes)
    sys.exit(code)


@contextlib.contextmanager
def _runtime() -> Iterator[Runtime]:
    from mockint.runtime import Runtime, native_noise_to_log

    with native_noise_to_log():
        yield Runtime()


@contextlib.contextmanager
def _quiet_natives() -> Iterator[None]:
    """Like `native_noise_to_log`, for the doctor: where no log can be kept the noise is borne."""
    from mockint.runtime import native_noise_to_log

    with contextlib.ExitStack() as stack:
        with contextlib.suppress(MockintError):
            stack.enter_context(native_noise_to_log())
        yield


def _show(record: SessionRecord, redact: bool, as_json: bool) -> None:
    from mockint.report.areas import area_tallies
    from mockint.report.text import session_lines

    if redact:
        from mockint.report.redact import redacted

        record = redacted(record)
    if as_json:
        import msgspec

        _print_json(msgspec.to_builtins(record) | {"focus_areas": msgspec.to_builtins(area_tallies(record))})
    else:
        click.echo("\n".join(session_lines(record)))


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
                _fail(f"Cannot read {source}: {exc.strerror}. Name a file of JSON lines, or - for standard input.")
        for line in bounded_lines(lines):
            if line.strip():
                sys.stdout.buffer.write(
                    msgspec.json.encode(answer_line(line, load_job, runtime.settings.scoring)) + b"\n"
                )
                sys.stdout.buffer.flush()


def _share(text: str) -> tuple[str, float]:
    """`Testing=30` as an area and its share of 1."""
    name, _, percent = text.rpartition("=")
    try:
        return name.strip(), float(percent.strip().removesuffix("%")) / 100
    except ValueError:
        raise click.BadParameter(f'"{text}" is not like "Testing=30".', param_hint="--set") from None


def _print_json(value: Any) -> None:
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def _fail(message: str) -> NoReturn:
    from mockint.untrusted import plain_text

    click.echo(f"mockint: {plain_text(' '.join(message.split()))}", err=True)
    sys.exit(1)
