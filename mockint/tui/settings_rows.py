"""What the settings screen lists: every setting and every key, with its sentence and default."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from mockint import config
from mockint.config import Settings
from mockint.tui.keys import Action, key_name

Kind = Literal["choice", "text", "key"]
_GROUPS = {
    "speech": "Speaking",
    "audio": "Sound devices",
    "transcribe": "Recogniser",
    "weights": "Downloads",
    "interview": "Interview",
    "scoring": "Scoring",
    "display": "Display",
}
_EVERYWHERE = "every screen"


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    place: str
    """`speech.rate` or `keys.home-start`."""
    group: str
    label: str
    about: str
    value: Any
    default: Any
    shown: str
    """The value as it reads."""
    default_shown: str
    kind: Kind
    choices: tuple[tuple[str, Any], ...] = ()
    """For a choice: name and value of each."""
    limits: str = ""
    """For a number: `80 to 400`."""
    variable: str = ""
    """The environment variable that overrides it, when one does."""

    @property
    def changed(self) -> bool:
        """Whether it differs from the default."""
        return bool(self.value != self.default)

    def holds(self, wanted: str) -> bool:
        """Whether every word of `wanted` is in it somewhere."""
        text = f"{self.group} {self.label} {self.place} {self.about} {self.shown}".casefold()
        return all(word in text for word in wanted.casefold().split())


def setting_rows(
    settings: Settings, known: Mapping[str, Sequence[str]], env: Mapping[str, str] = os.environ
) -> list[Row]:
    """Every setting. `known`: place -> values that are there on this machine (devices, voices, themes)."""
    plain, about = Settings(), config.describe()
    rows = []
    for (section, name), kind in config.kinds().items():
        place, inner = f"{section}.{name}", get_args(kind)[0]
        value, default = (getattr(getattr(of, section), name) for of in (settings, plain))
        choices = _choices(inner, [*known.get(place, ())], value, default)
        variable = config.variable(place)
        rows.append(
            Row(
                place=place,
                group=_GROUPS.get(section, section.capitalize()),
                label=name.replace("_", " "),
                about=about[place],
                value=value,
                default=default,
                shown=_shown(value),
                default_shown=_shown(default),
                kind="choice" if choices else "text",
                choices=choices,
                limits=_limits(kind),
                variable=variable if variable in env else "",
            )
        )
    return rows


def key_rows(settings: Settings, actions: Sequence[Action]) -> list[Row]:
    """Every key that may be changed."""
    rows = []
    for action in actions:
        default = action.default.split(",")[0]
        value = settings.keys.get(action.id, default)
        rows.append(
            Row(
                place=f"{config.KEYS}.{action.id}",
                group=f"Keys: {action.screen or _EVERYWHERE}",
                label=action.name,
                about=f"{action.does[0].upper()}{action.does[1:]}.",
                value=value,
                default=default,
                shown=key_name(value),
                default_shown=key_name(default),
                kind="key",
            )
        )
    return rows


def _choices(kind: Any, known: list[str], value: Any, default: Any) -> tuple[tuple[str, Any], ...]:
    if kind is bool:
        return ("no", False), ("yes", True)
    if get_origin(kind) is Literal:
        return tuple((str(one), one) for one in get_args(kind))
    if known:
        every = dict.fromkeys([default, *known, value])
        return tuple((_shown(one), one) for one in every)
    return ()


def _limits(kind: Any) -> str:
    (meta,) = kind.__metadata__
    return f"{meta.ge} to {meta.le}" if meta.ge is not None and meta.le is not None else ""


def as_text(value: Any) -> str:
    """A value as one types it."""
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return as_text(value) or "(empty)"


def next_value(row: Row, step: int) -> Any:
    """The choice beside the present one; after the last comes the first."""
    values = [value for _, value in row.choices]
    at = values.index(row.value) if row.value in values else 0
    return values[(at + step) % len(values)]
