"""What is revised and listened to: revision sheets and audio packs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockint.cli.shared import FILE, JOB, JSON, new_runtime, print_json

if TYPE_CHECKING:
    from mockint.audiopack.programme import Kind


@click.command()
@click.argument("area")
@JOB
@click.option("--markdown", type=FILE, metavar="FILE", help="Write Markdown, to print or to keep.")
@JSON
def sheet(area: str, job_file: Path | None, markdown: Path | None, as_json: bool) -> None:
    """Show the revision sheet of a focus AREA (its id or name): what you missed so far first, then what you never
    answered, with the model answers' beginnings and your own best words."""
    if markdown is not None and as_json:
        raise click.UsageError("Choose one of: --markdown, --json.")
    from mockint.report.sheet import sheet_lines

    with new_runtime() as runtime:
        found = runtime.sheet(area, runtime.job(job_file or runtime.usual_job))
    if markdown is not None:
        from mockint.report.sheet import sheet_markdown
        from mockint.reporting import write_text

        write_text(markdown, sheet_markdown(found))
        click.echo(f"Written: {markdown}")
    elif as_json:
        print_json(found)
    else:
        from mockint.untrusted import plain_text

        click.echo(plain_text("\n".join(sheet_lines(found))))


@click.command("audio-pack")
@click.argument("out", type=click.Path(path_type=Path))
@JOB
@click.option("--minutes", type=click.IntRange(2, 180), default=40, show_default=True, help="How long it is.")
@click.option("--review", is_flag=True, help="Only listen: revision sheets, your answers, model answers; no silences.")
@click.option(
    "--drill", is_flag=True, help="Question, time to think, key points, and on: as many as there is time for."
)
@click.option("--force", is_flag=True, help="Replace OUT where it is there.")
def audio_pack(out: Path, job_file: Path | None, minutes: int, review: bool, drill: bool, force: bool) -> None:
    """Make a programme to listen to on the way: OUT.mp3, OUT.m4a, OUT.ogg, OUT.opus, OUT.flac, OUT.wav, or a folder
    with a file for each chapter and a playlist.

    For each question: the question, time to think, its key points, then your own best answer and what it missed, or the
    model answer; and the revision sheets of what you missed. Your recordings are in it: think before you hand it on.
    """
    if review and drill:
        raise click.UsageError("Choose one of: --review, --drill.")
    import asyncio

    from mockint.audiopack.target import target
    from mockint.plain import shown_progress
    from mockint.report.text import clock

    place = target(out, force=force)
    with new_runtime() as runtime, shown_progress("Making the programme") as progress:
        job = runtime.job(job_file or runtime.usual_job)
        kind: Kind = "review" if review else "drill" if drill else "practice"
        made = asyncio.run(runtime.audio_pack(job, kind, minutes, place, progress))
    click.echo(f"Written: {made.path}, {clock(made.seconds)} with {made.questions} questions")
    if made.seconds < 0.97 * 60 * minutes:
        click.echo("It is shorter than wished: there is no more to say, or no chapter is short enough.")
    for line in (place.note, *(f"Left out: {why}" for why in made.left_out)):
        if line:
            click.echo(line)
