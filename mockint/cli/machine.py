"""This machine: what is there, and recogniser weights."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import click

from mockint.cli.shared import FILE, JSON, new_runtime, print_json
from mockint.errors import MockintError


@click.command()
@click.option("--speed", "measure", is_flag=True, help="Measure first how fast each recogniser is on this machine.")
@click.option("--voice", is_flag=True, help="Only this: read 20 seconds aloud and see how well you are understood.")
@click.option("--keep", type=FILE, metavar="FILE.wav", help="With --voice: keep the recording.")
@JSON
def doctor(measure: bool, voice: bool, keep: Path | None, as_json: bool) -> None:
    """Check devices, voice, recognisers and files, and say how to mend what is missing."""
    if (voice and (measure or as_json)) or (keep and not voice):
        raise click.UsageError("--voice goes with nothing but --keep, and --keep only with --voice.")
    if voice:
        from mockint import plain_voice

        with new_runtime() as runtime:
            plain_voice.run(runtime, keep)
        return
    from mockint import doctor as doctor_mode
    from mockint.doctor import speed

    with _quiet_natives():
        if measure:
            speed.measure(lambda line: click.echo(line, err=True))
        checks = doctor_mode.examine()
    if as_json:
        print_json({"checks": checks, "speeds": speed.known()})
    else:
        click.echo("\n".join(doctor_mode.lines(checks)))


@click.group()
def models() -> None:
    """Weights of recognisers and voices: what is here, fetching and removing them. Nothing is ever fetched unasked."""


@models.command("list")
@JSON
def models_list(as_json: bool) -> None:
    """List the weights that can be fetched, and which are here."""
    from mockint.plain_models import state
    from mockint.weights.catalogue import catalogue

    if as_json:
        print_json(
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

    with new_runtime() as runtime:
        plain_models.download(runtime, find(name), agreed=yes)


@models.command("remove")
@click.argument("name")
def models_remove(name: str) -> None:
    """Delete weights from this machine, with what is left of an unfinished download."""
    from mockint.plain_models import megabytes
    from mockint.weights.catalogue import find, remove

    click.echo(f"Removed {name}: {megabytes(remove(find(name)))} are free again.")


# --- inner ---------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _quiet_natives() -> Iterator[None]:
    """Like `native_noise_to_log`, for the doctor: where no log can be kept the noise is borne."""
    from mockint.runtime import native_noise_to_log

    with contextlib.ExitStack() as stack:
        with contextlib.suppress(MockintError):
            stack.enter_context(native_noise_to_log())
        yield
