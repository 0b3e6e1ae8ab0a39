"""One thing looked at, and what a look is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Protocol

from mockint import config
from mockint.config import Settings
from mockint.errors import SettingsError
from mockint.model import Value

Status = Literal["ok", "warn", "fail", "info"]


class Check(Value, frozen=True, kw_only=True):
    """One thing looked at."""

    name: str
    status: Status
    detail: str
    fix: str = ""
    """What to type or do; empty when all is well."""


class Look(Protocol):
    """Looks at one thing, which its name says; may raise anything."""

    __name__: str

    def __call__(self) -> Iterator[Check]: ...


def settings_or_defaults() -> Settings:
    """The settings, or the defaults where they cannot be used: that is told by a look of its own."""
    try:
        return config.load()
    except SettingsError:
        return Settings()
