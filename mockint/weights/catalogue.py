"""Which weights mockint knows, of recognisers and voices, and where each is kept once it is there."""

from __future__ import annotations

import shutil
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from mockint import paths
from mockint.errors import WeightsError, nearest
from mockint.model import Value


class WeightsFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file to fetch."""

    name: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    url: str
    digest: Annotated[str, Meta(pattern="^(sha256:[0-9a-f]{64}|server)$")]
    """`sha256:HEX`, or `server`: what the server says of the file it sends."""


class Weights(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry of the catalogue."""

    name: str
    engine: str
    """The recogniser that uses them, or `piper`: a voice."""
    model: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    """What that recogniser calls them: the value of `transcribe.model`; `piper:` and a voice is `speech.voice`."""
    about: str
    megabytes: int
    """About how much there is to fetch (10^6 bytes); the server is asked before anything is fetched."""
    licence: str
    files: Annotated[tuple[WeightsFile, ...], Meta(min_length=1)]

    @property
    def speaks(self) -> bool:
        """Whether this is a voice."""
        return self.engine == "piper"

    @property
    def place(self) -> Path:
        """Where they are kept: the file itself, or the folder where there are several."""
        folder = paths.weights_dir() / self.engine
        return folder / self.files[0].name if len(self.files) == 1 else folder / self.model

    @property
    def unfinished(self) -> Path:
        """Where what was fetched so far waits for the rest."""
        return paths.weights_dir() / "unfinished" / self.name

    @property
    def installed(self) -> bool:
        """Whether they are there, whole: they are put in place only then."""
        return self.place.exists()

    @property
    def bytes_on_disk(self) -> int:
        """Bytes in place, or fetched so far; 0 when there is nothing."""
        return _size(self.place) if self.installed else _size(self.unfinished)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    weights: tuple[Weights, ...]


@cache
def catalogue() -> tuple[Weights, ...]:
    """Everything that can be fetched, smallest first for each engine."""
    import yaml  # noqa: PLC0415 - not needed before weights are asked for

    text = (resources.files(__package__ or "mockint.weights") / "catalogue.yaml").read_text("utf-8")
    return msgspec.convert(yaml.safe_load(text), _File).weights


def find(name: str) -> Weights:
    """The entry called `name`; raises WeightsError naming the nearest."""
    known = {entry.name: entry for entry in catalogue()}
    if name not in known:
        raise WeightsError(f'There are no weights "{name}".{nearest(name, known)}', "See: mockint models list")
    return known[name]


def remove(weights: Weights) -> int:
    """Delete weights and what is left of an unfinished fetch; returns the bytes freed. Raises WeightsError."""
    freed = _size(weights.place) + _size(weights.unfinished)
    if not weights.installed and not weights.unfinished.exists():
        raise WeightsError(f"{weights.name} is not on this machine.", "See: mockint models list")
    try:
        for path in (weights.place, weights.unfinished):
            delete(path)
    except OSError as exc:
        raise WeightsError(f"Cannot delete {exc.filename}: {exc.strerror}.", "Make its folder writable.") from exc
    return freed


def delete(path: Path) -> None:
    """Delete a file or a folder, if it is there; raises OSError."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())
