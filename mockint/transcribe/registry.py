"""Engines by name. Looking one up imports nothing heavy; `load` does, and runs inside the worker only.

A third party adds an engine with an entry point of the group `mockint.transcribers`: `name = "package.module:Class"`,
where the class implements `mockint.transcribe.port.Engine`. It is called without arguments, or with the setting
`transcribe.model` where that is not empty.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import cast

from mockint.errors import EngineMissing, nearest
from mockint.model import Value
from mockint.transcribe.installed import faster_whisper_weights, is_path, whisper_weights
from mockint.transcribe.port import Engine

GROUP = "mockint.transcribers"
PATIENCE_S = 30.0
"""A worker that owes words and says nothing for so long hangs; while it decodes it reports every second."""
WINDOW_PATIENCE_S = 300.0
"""The same for a window of 30 s, tried three times with the largest weights on a slow machine."""


@dataclass(frozen=True)
class _Shipped:
    """An engine of mockint's own."""

    spec: str
    package: str
    """The package it cannot do without."""
    install: str
    """The line that brings that package."""
    weights: Callable[[str], Path] | None = None
    """Finds the weights a setting means; None: the engine carries its own. Raises EngineMissing."""


@dataclass(frozen=True)
class Choice:
    """An engine that can be used."""

    engine: str
    model: str = ""
    """Where its weights are; empty where it carries its own."""

    @property
    def slow(self) -> bool:
        """Whether it hears windows, so that a draft of the embedded engine is wanted until its words are there."""
        shipped = _SHIPPED.get(self.engine)
        return shipped is not None and shipped.weights is not None

    @property
    def patience_s(self) -> float:
        """How long it may work in silence: an engine that hears windows says nothing within one."""
        return WINDOW_PATIENCE_S if self.slow else PATIENCE_S


_SHIPPED = {
    "sphinx": _Shipped(
        spec="mockint.transcribe.sphinx:SphinxEngine",
        package="pocketsphinx",
        install='pip install "pocketsphinx>=5.1.1"',
    ),
    "whisper": _Shipped(
        spec="mockint.transcribe.whisper:WhisperEngine",
        package="whisper",
        install='pip install "openai-whisper>=20250625"',
        weights=whisper_weights,
    ),
    "faster-whisper": _Shipped(
        spec="mockint.transcribe.faster_whisper:FasterWhisperEngine",
        package="faster_whisper",
        install='pip install "mockint[fast]"',
        weights=faster_whisper_weights,
    ),
}
EMBEDDED = "sphinx"
"""The engine that is always there and streams."""
_AUTO = ("faster-whisper", "whisper", EMBEDDED)
"""What `auto` tries, best first."""


class Availability(Value, frozen=True, kw_only=True):
    """Whether an engine could be used on this machine."""

    name: str
    usable: bool
    reason: str = ""
    """Why not."""
    hint: str = ""
    """The line that changes that."""


def available() -> tuple[Availability, ...]:
    """All known engines, shipped ones first; imports none of them."""
    return tuple(_availability(name) for name in (*_SHIPPED, *sorted(_third_party())))


def _availability(name: str) -> Availability:
    try:
        choose(name)
    except EngineMissing as exc:
        return Availability(name=name, usable=False, reason=exc.message, hint=exc.hint)
    return Availability(name=name, usable=True)


def choose(setting: str, model: str = "") -> Choice:
    """The engine a setting names, with its weights; `auto` is the best that can be used. Raises EngineMissing.

    `model`: the setting `transcribe.model`. A model that is named and not there is an error also for `auto`: something
    else than was asked for would only look as if it worked.
    """
    if setting == "auto":
        return _best(model)
    third_party = _third_party()
    if setting not in _SHIPPED and setting not in third_party:
        known = ("auto", *_SHIPPED, *sorted(third_party))
        raise EngineMissing(
            f'There is no recogniser "{setting}".{nearest(setting, known)}',
            f"Set transcribe.engine to one of: {', '.join(known)}.",
        )
    shipped = _SHIPPED.get(setting)
    module, hint = (shipped.package, f"Run: {shipped.install}") if shipped else (_module(third_party[setting]), "")
    if missing := _missing(module):
        raise EngineMissing(f'The recogniser "{setting}" cannot be used: {missing}.', hint)
    if shipped is None:
        return Choice(setting, model)
    return Choice(setting, str(shipped.weights(model)) if shipped.weights else "")


def _best(model: str) -> Choice:
    problems: list[EngineMissing] = []
    for name in _AUTO:
        if model and _SHIPPED[name].weights is None:
            continue
        try:
            return choose(name, model)
        except EngineMissing as exc:
            problems.append(exc)
    # The last one needs least: what it lacks is what to mend. A path fits one engine only: the error of that one helps.
    suits = len(problems) > 1 and is_path(model) and not model.endswith(".pt")
    raise problems[0 if suits else -1]


def load(name: str, model: str = "") -> Engine:
    """Import and build an engine, by name or directly as `module:Class`. Raises EngineMissing."""
    shipped = _SHIPPED.get(name)
    spec = shipped.spec if shipped else name if ":" in name else _third_party().get(name)
    if spec is None:
        raise EngineMissing(f'There is no recogniser "{name}".', "See `mockint doctor` for those there are.")
    module, _, attribute = spec.partition(":")
    try:
        engine = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, OSError) as exc:  # OSError: a library a package needs is not there
        hint = f"Run: {shipped.install}" if shipped else f"Install the package that brings {module} again."
        raise EngineMissing(f'The recogniser "{name}" cannot be loaded: {exc}.', hint) from exc
    return cast(Engine, engine(model) if model else engine())


def _third_party() -> dict[str, str]:
    return {point.name: point.value for point in entry_points(group=GROUP) if point.name not in _SHIPPED}


def _module(spec: str) -> str:
    return spec.partition(":")[0].partition(".")[0]


def _missing(package: str) -> str:
    return "" if importlib.util.find_spec(package) is not None else f"the package {package} is not installed"
