"""Keys the user may change, by Textual's own keymap: each action of a screen has an id, and the settings may name
another key for it (`[keys]`, `home-start = "g"`).

Esc, Enter, Tab and the arrow keys stay what they are everywhere, so that nobody can lock themselves in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.binding import Binding, BindingType
from textual.keys import format_key, key_to_character

from mockint.errors import SettingsError, nearest

if TYPE_CHECKING:
    from mockint.tui.screens.page import Page

APP = "app"
_FIXED = {
    *("escape", "enter", "tab", "shift+tab", "up", "down", "left", "right", "backspace", "pageup", "pagedown"),
    *("home", "end", "delete", "ctrl+q", "ctrl+c", "f1"),
}
_NAMES = {"escape": "Esc", "up": "↑", "down": "↓", "left": "←", "right": "→", "space": "Space", "enter": "Enter"}
_NOT_TYPED = "It must work while you type, so choose a key that writes nothing, such as F7 or Ctrl+G."


class Action(NamedTuple):
    """Something a key does, and which."""

    id: str
    """`home-start`; what the settings name it by."""
    screen: str
    """Name of its screen as its title shows it; empty: of every screen."""
    name: str
    """A word or two, as in the footer."""
    does: str
    default: str
    """Its key where the user chose none, as Textual names it."""


def named(owner: str, bindings: Sequence[BindingType]) -> list[BindingType]:
    """The bindings of a screen (`HomeScreen`), those that may be changed with their id."""
    prefix = _slug(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", owner.removesuffix("Screen")).lower())
    given, taken = list[BindingType](), set[str]()
    for one in bindings:
        name = f"{prefix}-{_slug(one.action)}" if isinstance(one, Binding) else ""
        if isinstance(one, Binding) and one.show and not one.id and one.key not in _FIXED and name not in taken:
            taken.add(name)  # a second key of the same action stays
            given.append(replace(one, id=name))
        else:
            given.append(one)
    return given


def _slug(text: str) -> str:
    return re.sub(r"\W+", "-", text.replace("_", "-")).strip("-")


def name_of(binding: Binding) -> str:
    """A binding's first key as people write it: `Ctrl+S`, `F7`, `?`."""
    return binding.key_display or key_name(binding.key.split(",")[0])


def key_name(key: str) -> str:
    """A key as people write it."""
    *modifiers, last = key.split("+")
    shown = _NAMES.get(last) or (last if len(last) == 1 else format_key(last))
    if modifiers or re.fullmatch(r"f\d+", last):
        shown = shown.capitalize()
    return "+".join([*(one.capitalize() for one in modifiers), shown])


def as_set(binding: Binding, keymap: Mapping[str, str]) -> Binding:
    """The binding with the key the user chose for it."""
    wanted = keymap.get(binding.id or "")
    return binding.with_key(wanted) if wanted else binding


def pages() -> list[type[Page[Any]]]:
    """Every screen there is, by name; loads them all."""
    import pkgutil  # noqa: PLC0415

    from mockint.tui import screens  # noqa: PLC0415 - the screens use this module
    from mockint.tui.screens.page import Page  # noqa: PLC0415

    for module in pkgutil.iter_modules(screens.__path__):
        import_module(f"{screens.__name__}.{module.name}")
    return sorted(
        (page for page in _below(Page) if page.__module__.startswith(screens.__name__)), key=lambda page: page.NAME
    )


def _below(page: type[Page[Any]]) -> Iterator[type[Page[Any]]]:
    for one in page.__subclasses__():
        yield one
        yield from _below(one)


def actions(app_bindings: Sequence[BindingType]) -> list[Action]:
    """Every action whose key may be changed: those of every screen first, then screen by screen."""
    owned = [("", app_bindings)] + [(page.NAME, page.__dict__.get("BINDINGS", ())) for page in pages()]
    return [
        Action(id=one.id, screen=screen, name=one.description, does=one.tooltip or one.description, default=one.key)
        for screen, bindings in owned
        for one in bindings
        if isinstance(one, Binding) and one.id
    ]


def check(action: Action, key: str, keymap: Mapping[str, str], app_bindings: Sequence[BindingType]) -> None:
    """Raise SettingsError, naming what is in the way, where `key` cannot stand for `action`."""
    if key in _FIXED:
        raise SettingsError(f"{key_name(key)} keeps its meaning on every screen.", "Choose another key.")
    typed = key_to_character(key) is not None
    if typed and any(key_to_character(one) is None for one in action.default.split(",")):
        raise SettingsError(f'{key_name(key)} would be written into the text instead of "{action.does}".', _NOT_TYPED)
    for screen, other in _beside(action, app_bindings):
        if other.id != action.id and key in as_set(other, keymap).key.split(","):
            where = f" on {screen}" if screen else " everywhere"
            what = other.description or other.tooltip or other.action
            hint = "Choose another key, or change that one first."
            raise SettingsError(f'{key_name(key)} already means "{what}"{where}.', hint)


def usable(keymap: Mapping[str, str], app_bindings: Sequence[BindingType]) -> tuple[dict[str, str], list[str]]:
    """The part of `keymap` that can be used, and what is wrong with the rest."""
    known = {action.id: action for action in actions(app_bindings)}
    good, problems = dict[str, str](), list[str]()
    for name, key in keymap.items():
        try:
            if name not in known:
                raise SettingsError(f"There is no such action.{nearest(name, known)}")
            check(known[name], key, keymap, app_bindings)
            good[name] = key
        except SettingsError as exc:
            problems.append(f"keys.{name}: {exc.message}")
    return good, problems


def _beside(action: Action, app_bindings: Sequence[BindingType]) -> Iterator[tuple[str, Binding]]:
    """The bindings that hold wherever the action does, each with its screen's name."""
    for one in app_bindings:
        if isinstance(one, Binding):
            yield "", one
    for page in pages():
        family = [base.__dict__.get("BINDINGS", ()) for base in page.__mro__ if base.__module__.startswith("mockint.")]
        bindings = [one for part in family for one in part if isinstance(one, Binding)]
        if not action.screen or any(one.id == action.id for one in bindings):
            yield from ((page.NAME, one) for one in bindings)
