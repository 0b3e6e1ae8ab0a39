"""Past sessions: listed, over time, as a report, deleted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockint.cli.shared import FILE, JOB, JSON, new_runtime, print_json

if TYPE_CHECKING:
    from mockint.records import SessionRecord


@click.command()
@click.option("--search", metavar="TEXT", help="Only sessions with these words in a question, an answer or the notes.")
@JSON
def history(search: str | None, as_json: bool) -> None:
    """List past sessions, newest first."""
    from mockint.plain import shown_progress
    from mockint.report.text import history_lines

    with new_runtime() as runtime, shown_progress() as progress:
        rows = runtime.store.summaries(progress)
        if search is not None:
            rows = runtime.store.search(search, rows)
    if as_json:
        print_json(rows)
    elif rows:
        click.echo("\n".join(line for row in rows for line in history_lines(row)))
    elif search is None:
        click.echo("No sessions yet. Start one with: mockint")
    else:
        click.echo(f'No session has all the words of "{search}".')


@click.command()
@JOB
@JSON
def progress(job_file: Path | None, as_json: bool) -> None:
    """Show how it goes over all sessions: what to practise next, what is due again, levels over time by area."""
    from mockint.plain import shown_progress
    from mockint.report.progress import progress_lines

    with new_runtime() as runtime, shown_progress() as reading:
        found = runtime.progress(runtime.job(job_file), reading)
    if as_json:
        print_json(found)
    else:
        click.echo("\n".join(progress_lines(found)))


@click.command()
@click.argument("session")
@click.option("--html", type=FILE, metavar="FILE", help="Write one page that needs nothing else, recordings inside.")
@click.option("--markdown", type=FILE, metavar="FILE", help="Write Markdown.")
@click.option("--no-audio", is_flag=True, help="With --html: leave the recordings out.")
@click.option("--redact", is_flag=True, help="Leave out what was said, recordings, days, and the company's name.")
@JSON
def report(session: str, html: Path | None, markdown: Path | None, no_audio: bool, redact: bool, as_json: bool) -> None:
    """Show a past session (an id of `mockint history`, or `latest`), or write it as a report to keep or hand on."""
    if sum((html is not None, markdown is not None, as_json)) > 1:
        raise click.UsageError("Choose one of: --html, --markdown, --json.")
    if no_audio and html is None:
        raise click.UsageError("--no-audio goes with --html.")
    with new_runtime() as runtime:
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


@click.command()
@click.option("--audio", "audio_only", is_flag=True, help="Only the recordings: transcripts, cards and notes stay.")
@click.option("--older-than", default="", metavar="AGE", help="Only sessions older than, for example, 90d, 12w or 1y.")
@click.option("--session", default="", metavar="ID", help="Only this session (an id of `mockint history`, or latest).")
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
@click.option("--yes", is_flag=True, help="Agree beforehand.")
def purge(audio_only: bool, older_than: str, session: str, dry_run: bool, yes: bool) -> None:
    """Delete voice data: all of it, or what is named. Says first how much it is and where, and asks."""
    from mockint import plain_purge

    with new_runtime() as runtime:
        plain_purge.purge(
            runtime, audio_only=audio_only, older_than=older_than, session=session, dry_run=dry_run, agreed=yes
        )


# --- inner ---------------------------------------------------------------------------------------------------------


def _show(record: SessionRecord, redact: bool, as_json: bool) -> None:
    from mockint.report.areas import area_tallies
    from mockint.report.text import session_lines

    if redact:
        from mockint.report.redact import redacted

        record = redacted(record)
    if as_json:
        import msgspec

        print_json(msgspec.to_builtins(record) | {"focus_areas": msgspec.to_builtins(area_tallies(record))})
    else:
        click.echo("\n".join(session_lines(record)))
