"""Sessions on the way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockint.cli.shared import JOB, new_runtime

if TYPE_CHECKING:
    from mockint.audiopack.programme import Kind


@click.command()
@JOB
@click.option("--minutes", type=click.IntRange(3, 180), default=30, show_default=True, help="About how long.")
@click.option(
    "--listen", is_flag=True, help="A programme like that of audio-pack, played at once; keys lead through it."
)
@click.option("--silent", is_flag=True, help="No microphone: think, hear the key points, rate yourself.")
@click.option(
    "--review",
    is_flag=True,
    help="What is due or was weak, its points read after it. With --listen: nothing to answer.",
)
@click.option("--drill", is_flag=True, help="One kind of question, one after another, the points at once.")
@click.option("--question", "only", multiple=True, metavar="ID", help="Ask this very question (may be repeated).")
def travel(
    job_file: Path | None, minutes: int, listen: bool, silent: bool, review: bool, drill: bool, only: tuple[str, ...]
) -> None:
    """Practise by voice alone, for passengers: everything is said, and done by voice or by single keys."""
    if sum((review, drill)) > 1 or sum((listen, silent)) > 1:
        raise click.UsageError("Choose at most one of --listen, --silent, and at most one of --review, --drill.")
    if silent and (review or drill):
        raise click.UsageError("--silent has one form: question, time to think, key points, your rating.")
    if only and (listen or silent):
        raise click.UsageError("--question is for a session by voice.")
    with new_runtime() as runtime:
        job = runtime.job(job_file or runtime.usual_job)
        if listen or silent:
            from mockint import plain_listen

            kind: Kind = "drill" if drill or silent else "review" if review else "practice"
            plain_listen.listen(runtime, job, kind, minutes, rating=silent)
            return
        from mockint import plain_travel
        from mockint.handsfree import Mode

        mode = Mode.REVIEW if review else Mode.DRILL if drill else Mode.INTERVIEW
        plain_travel.travel(runtime, runtime.journey(job, mode, minutes, only))
