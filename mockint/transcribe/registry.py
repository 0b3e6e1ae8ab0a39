"""Engines by name. Looking one up imports nothing heavy; `load` does, and runs inside the worker only.

A third party adds an engine with an entry point of the group `mockint.transcribers`: `name = "package.module:Class"`,
where the class takes no arguments and implements `mockint.transcribe.port.Engine`.
"""

from __future__ import annotations

import importlib
import importlib.util
from importlib.metadata import entry_points
from typing import cast

from mockint.errors import EngineMissing, nearest
from mockint.model import Value
from mockint.transcribe.port import Engine

GROUP = "mockint.transcribers"


class _Shipped(Value, frozen=True, kw_only=True):
    """An engine of mockint's own."""

    spec: str
    package: str
    """The package it cannot do without."""
    install: str
    """The line that brings that package."""


_SHIPPED = {
    "sphinx": _Shipped(
        spec="mockint.transcribe.sphinx:SphinxEngine",
        package="pocketsphinx",
        install='pip install "pocketsphinx>=5.1.1"',
    ),
}
_AUTO = ("sphinx",)
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
    shipped = [_shipped_availability(name, entry) for name, entry in _SHIPPED.items()]
    others = [_availability(name, spec.partition(":")[0], "") for name, spec in sorted(_third_party().items())]
    return (*shipped, *others)


def choose(setting: str) -> str:
    """The engine a setting names, `auto` being the best usable one. Raises EngineMissing."""
    known = {entry.name: entry for entry in available()}
    if setting == "auto":
        return next((name for name in _AUTO if known[name].usable), _AUTO[-1])
    if setting not in known:
        raise EngineMissing(
            f'There is no recogniser "{setting}".{nearest(setting, ("auto", *known))}',
            f"Set transcribe.engine to one of: auto, {', '.join(known)}.",
        )
    if not known[setting].usable:
        raise EngineMissing(f'The recogniser "{setting}" cannot be used: {known[setting].reason}.', known[setting].hint)
    return setting


def load(name: str) -> Engine:
    """Import and build an engine, by name or directly as `module:Class`. Raises EngineMissing."""
    shipped = _SHIPPED.get(name)
    spec = shipped.spec if shipped else name if ":" in name else _third_party().get(name)
    if spec is None:
        raise EngineMissing(f'There is no recogniser "{name}".', "See `mockint doctor` for those there are.")
    module, _, attribute = spec.partition(":")
    try:
        engine = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as exc:
        hint = f"Run: {shipped.install}" if shipped else f"Install the package that brings {module} again."
        raise EngineMissing(f'The recogniser "{name}" cannot be loaded: {exc}.', hint) from exc
    return cast(Engine, engine())


def _third_party() -> dict[str, str]:
    return {point.name: point.value for point in entry_points(group=GROUP) if point.name not in _SHIPPED}


def _shipped_availability(name: str, entry: _Shipped) -> Availability:
    return _availability(name, entry.package, f"Run: {entry.install}")


def _availability(name: str, module: str, hint: str) -> Availability:
    package = module.partition(".")[0]
    if importlib.util.find_spec(package) is not None:
        return Availability(name=name, usable=True)
    return Availability(name=name, usable=False, reason=f"the package {package} is not installed", hint=hint)
