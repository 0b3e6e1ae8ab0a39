"""`mockint models` as lines of text: the size first, a question, a bar."""

from __future__ import annotations

import asyncio
import sys
from contextlib import aclosing
from urllib.parse import urlsplit

import click

from mockint import paths
from mockint.errors import WeightsError
from mockint.runtime import Runtime
from mockint.speech import piper_adapter
from mockint.transcribe.registry import available
from mockint.weights.catalogue import Weights


def megabytes(size: int) -> str:
    """Bytes as people read them: 10^6 a megabyte."""
    return f"{size / 1e6:.0f} MB" if size < 999.5e6 else f"{size / 1e9:.1f} GB"


def state(weights: Weights) -> str:
    """Whether they are there."""
    if weights.installed:
        return f"here, {megabytes(weights.bytes_on_disk)}"
    if weights.bytes_on_disk:
        return f"{megabytes(weights.bytes_on_disk)} of about {megabytes(weights.megabytes * 10**6)} fetched"
    return f"not here, about {megabytes(weights.megabytes * 10**6)}"


def source(weights: Weights, mirror: str) -> str:
    """Where they would come from."""
    return urlsplit(mirror or weights.files[0].url).netloc


def download(runtime: Runtime, weights: Weights, *, agreed: bool) -> None:
    """Fetch weights with a bar on standard error. Raises WeightsError; Abort when the user says no."""
    asyncio.run(_download(runtime, weights, agreed=agreed))


async def _download(runtime: Runtime, weights: Weights, *, agreed: bool) -> None:
    host = source(weights, runtime.settings.weights.mirror)
    async with runtime.fetching(weights) as fetch:
        there = 0 if weights.installed else weights.bytes_on_disk
        rest = f" ({megabytes(there)} of it are here already)" if there else ""
        click.echo(f"{weights.name}: {megabytes(fetch.size)}{rest} from {host} to {paths.weights_dir()}", err=True)
        if not agreed:
            if not sys.stdin.isatty():
                raise WeightsError("Nothing was fetched: nobody is here to agree.", "Add --yes to agree beforehand.")
            click.confirm("Download it?", abort=True, err=True)
        with click.progressbar(length=fetch.size, label=weights.name, file=sys.stderr) as bar:
            async with aclosing(fetch.run()) as progress:
                async for done in progress:
                    bar.update(done - bar.pos)
    click.echo(f"{weights.name} is here. {use(weights)}")


def use(weights: Weights) -> str:
    """How they come into use; where their recogniser is not installed, what installs it."""
    if weights.speaks:
        voice = f"{piper_adapter.PREFIX}{weights.model}"
        missing = "" if piper_adapter.usable() else f"Its package is not installed yet: {piper_adapter.INSTALL}. "
        return f'{missing}To have questions spoken by it: speech.voice = "{voice}" (Settings, First steps).'
    engine = next(engine for engine in available() if engine.name == weights.engine)
    if not engine.usable:
        return f"{engine.reason} {engine.hint}"
    return (
        f"`auto` uses the best recogniser there is; to choose this one: engine {weights.engine}, model {weights.model}."
    )
