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
@click.option("--review", is_flag=True, help="With --listen: only listen, nothing to answer.")
@click.option("--drill", is_flag=True, help="With --listen: question, time to think, key points, and on.")
def travel(job_file: Path | None, minutes: int, listen: bool, silent: bool, review: bool, drill: bool) -> None:
    """Practise on the way: --listen or --silent."""
    if sum((review, drill)) > 1 or sum((listen, silent)) != 1:
        raise click.UsageError("Choose one of --listen, --silent, and at most one of --review, --drill.")
    if silent and (review or drill):
        raise click.UsageError("--silent has one form: question, time to think, key points, your rating.")
    from mockint import plain_listen

    kind: Kind = "drill" if drill or silent else "review" if review else "practice"
    with new_runtime() as runtime:
        job = runtime.job(job_file or runtime.usual_job)
        plain_listen.listen(runtime, job, kind, minutes, rating=silent)
