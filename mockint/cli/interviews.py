"""Interviews: one held, and the demo."""

from __future__ import annotations

from pathlib import Path

import click

from mockint.cli.shared import JOB, JSON, new_runtime, open_app


@click.command()
@click.option("--plain", is_flag=True, help="Lines of text instead of the app: for screen readers and scripts.")
@JOB
@click.option("--questions", type=click.IntRange(1, 50), help="How many questions.")
@click.option("--minutes", type=click.IntRange(3, 180), help="How long it may take.")
@click.option("--area", "areas", multiple=True, metavar="ID", help="Ask about this area (may be repeated).")
@click.option("--question", "only", multiple=True, metavar="ID", help="Ask this very question (may be repeated).")
def interview(
    plain: bool,
    job_file: Path | None,
    questions: int | None,
    minutes: int | None,
    areas: tuple[str, ...],
    only: tuple[str, ...],
) -> None:
    """Hold one interview: questions aloud, answers aloud, a card with evidence for each."""
    from mockint.interview import Wishes

    wishes = Wishes(minutes=minutes or 0, count=questions or 0, areas=areas, only=only)
    if not plain:
        open_app(job_file, wishes)
        return
    from mockint import plain as plain_mode

    with new_runtime() as runtime:
        plain_mode.interview(runtime, job_file, wishes)


@click.command()
@click.option("--plain", is_flag=True, help="Lines of text; what the demo prints in any case.")
@JSON
def demo(plain: bool, as_json: bool) -> None:
    """Hear a shipped sample candidate through the whole loop: recorded, transcribed, scored, kept."""
    from mockint import demo as demo_mode

    with new_runtime() as runtime:
        demo_mode.run(runtime, as_json=as_json)
