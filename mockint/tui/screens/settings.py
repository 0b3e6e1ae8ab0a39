"""Every setting and every key: what it is for, what it is, and changing it where it stands."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from mockint import config, paths
from mockint.errors import MockintError
from mockint.tui import keys
from mockint.tui.messages import SettingsChanged
from mockint.tui.screens.key_dialog import KeyDialog
from mockint.tui.screens.page import Page
from mockint.tui.settings_rows import Row, as_text, key_rows, next_value, setting_rows
from mockint.tui.style import MUTED

if TYPE_CHECKING:
    from mockint.runtime import Runtime

_LABEL_WIDTH = 24
_MANY = 3
"""So many choices are listed under the setting."""


class SettingList(OptionList):
    """The settings; the footer says what Enter does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Change", key_display="Enter"),
        Binding("left", "screen.step(-1)", "Previous", show=False),
        Binding("right", "screen.step(1)", "Next", show=False),
    ]


class SettingsScreen(Page[None]):
    """A list of settings by group. Enter changes one: a choice moves on, a text is edited below the list."""

    NAME = "Settings"
    MORE_KEYS = (
        ("↑ ↓", "go through the settings"),
        ("← →", "the choice before, the next choice"),
        ("Enter", "change: the next choice, or edit a text, or press a new key; keeps what was typed"),
    )
    HELP_TEXT = (
        "Everything that can be set. A dot marks what differs from its default. Changes hold at once and are kept in "
        "settings.toml, whose comments stay. What the environment sets can only be changed there."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "restore", "Default", tooltip="put the default back"),
        Binding("slash", "search", "Search", key_display="/", tooltip="find a setting by any of its words"),
        Binding("escape", "back", "Back", key_display="Esc", tooltip="leave the line of text, the search, this screen"),
    ]

    def __init__(self, runtime: Runtime) -> None:
        super().__init__()
        self._runtime = runtime
        self._known: dict[str, list[str]] = {}
        self._rows: list[Row] = []
        self._asked_for: Literal["", "search", "value"] = ""
        """What the line of text is for at present."""
        self._wanted = ""

    def body(self) -> ComposeResult:
        with Vertical(id="settings"):
            yield SettingList(id="setting-list")
            with Vertical(id="setting-pane"):
                yield Static(id="setting-about")
                yield Static(id="setting-facts")
                yield Input(id="setting-input", compact=True)
                yield Static(id="setting-error")

    def on_mount(self) -> None:
        """List them; what is plugged in and installed is looked up meanwhile."""
        self.fact("kept in settings.toml")
        self.query_one(Input).display = False
        self._known["display.theme"] = sorted(self.app.available_themes)
        self._actions = keys.actions(type(self.app).BINDINGS)
        self._list()
        self.query_one(SettingList).focus()
        self.work(self._look_around, group="look")

    async def _look_around(self) -> None:
        """Devices, voices and recognisers; where one cannot be listed, its setting is a text."""
        looking: tuple[Callable[[], Awaitable[None]], ...] = (self._devices, self._voices, self._engines)
        for look in looking:
            with suppress(MockintError):
                await look()
        self._list()

    async def _devices(self) -> None:
        found = await asyncio.to_thread(self._runtime.devices)
        self._known["audio.input"] = [device.name for device in found if device.inputs]
        self._known["audio.output"] = [device.name for device in found if device.outputs]

    async def _voices(self) -> None:
        speaker = self._runtime.speaker()
        try:
            self._known["speech.voice"] = [voice.name for voice in await speaker.voices()]
        finally:
            await speaker.close()

    async def _engines(self) -> None:
        from mockint.transcribe.registry import available  # noqa: PLC0415

        self._known["transcribe.engine"] = ["auto", *(engine.name for engine in await asyncio.to_thread(available))]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While one types, keys are letters."""
        return action not in ("restore", "search") or not self._asked_for

    # --- the list --------------------------------------------------------------------------------------------------

    def _list(self) -> None:
        """List what the search wants, keeping the place."""
        listed, settings = self.query_one(SettingList), self._runtime.settings
        place = self._row.place if self._row else ""
        every = [*setting_rows(settings, self._known), *key_rows(settings, self._actions)]
        self._rows = [row for row in every if row.holds(self._wanted)]
        options, group = list[Option](), ""
        for row in self._rows:
            if row.group != group:
                group = row.group
                options.append(Option(Content.styled(group, "bold $text-primary"), disabled=True))
            options.append(Option(_line(row), id=row.place))
        listed.set_options(
            options or [Option(Content(self.with_keys("Nothing of that name. {back} shows all again.")), disabled=True)]
        )
        if self._rows:
            kept = place if any(row.place == place for row in self._rows) else self._rows[0].place
            listed.highlighted = listed.get_option_index(kept)
        self._show()

    @property
    def _row(self) -> Row | None:
        listed = self.query_one(SettingList)
        option = listed.highlighted_option
        return next((row for row in self._rows if option is not None and row.place == option.id), None)

    def on_option_list_option_highlighted(self) -> None:
        """Say what it is."""
        self._show()

    def _show(self) -> None:
        row = self._row
        self.query_one("#setting-about", Static).update(Content(row.about if row else ""))
        self.query_one("#setting-facts", Static).update(Content.styled(_facts(row) if row else "", MUTED))
        self._say("")

    def _say(self, problem: str) -> None:
        error = self.query_one("#setting-error", Static)
        error.display = bool(problem)
        error.update(Content(f"! {problem}"))

    # --- changing --------------------------------------------------------------------------------------------------

    def on_option_list_option_selected(self) -> None:
        """Change it: the next choice, a new key, or a text to edit."""
        row = self._row
        if row is None or self._is_locked(row):
            return
        if row.kind == "choice":
            self.action_step(1)
        elif row.kind == "key":
            self._ask_for_key(row)
        else:
            self._ask("value", as_text(row.value), "")

    def action_step(self, step: int) -> None:
        """The choice beside the present one."""
        row = self._row
        if row is not None and row.kind == "choice" and not self._is_locked(row):
            self._change(row, next_value(row, step))

    def action_restore(self) -> None:
        """The default."""
        row = self._row
        if row is not None and row.changed and not self._is_locked(row):
            self._change(row, None)

    def _is_locked(self, row: Row) -> bool:
        if row.variable:
            self._say(f"{row.variable} sets this in the environment: change it there, or unset it.")
        return bool(row.variable)

    def _change(self, row: Row, value: Any) -> bool:
        try:
            self._runtime.change({row.place: value})
        except MockintError as exc:
            self._say(str(exc))
            return False
        self._list()
        self.post_message(SettingsChanged())
        return True

    def _ask_for_key(self, row: Row) -> None:
        action = next(one for one in self._actions if f"{config.KEYS}.{one.id}" == row.place)
        bindings, keymap = type(self.app).BINDINGS, self._runtime.settings.keys
        dialog = KeyDialog(action.does, lambda key: keys.check(action, key, keymap, bindings))
        self.app.push_screen(dialog, lambda key: self._set_key(row, key) if key else None)

    def _set_key(self, row: Row, key: str) -> None:
        self._change(row, None if key == row.default else key)

    # --- the line of text ------------------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Find a setting by any of its words."""
        self._ask("search", self._wanted, "any of its words")

    def _ask(self, purpose: Literal["search", "value"], text: str, placeholder: str) -> None:
        self._asked_for = purpose
        self.refresh_bindings()
        line = self.query_one(Input)
        line.display = True
        line.placeholder = placeholder
        line.value = text
        line.cursor_position = len(text)
        line.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while one types; what is typed as a value is judged when it is handed in."""
        if self._asked_for == "search":
            self._wanted = event.value
            self._list()
        elif self._asked_for == "value":
            self._say("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the value, or go to what was found."""
        row = self._row
        if self._asked_for == "value" and row is not None:
            try:
                value = config.parse(row.place, event.value.strip())
            except MockintError as exc:
                self._say(exc.message)
                return
            if not self._change(row, value):
                return
        self._close_input()

    def _close_input(self) -> None:
        self._asked_for = ""
        self.refresh_bindings()
        self.query_one(Input).display = False
        self.query_one(SettingList).focus()
        self._show()

    def action_back(self) -> None:
        """Leave the line of text, then the search, then the screen."""
        if self._asked_for == "search" or (self._wanted and not self._asked_for):
            self._wanted = ""
            self._close_input()
            self._list()
        elif self._asked_for:
            self._close_input()
        else:
            super().action_back()


def _line(row: Row) -> Content:
    """`• rate                  170   (default 160)`."""
    label = row.label if len(row.label) < _LABEL_WIDTH else f"{row.label[: _LABEL_WIDTH - 2]}…"
    note = f"   {row.variable}" if row.variable else f"   (default {row.default_shown})" if row.changed else ""
    mark = "•" if row.changed else " "
    return Content.assemble(f"{mark} {label:<{_LABEL_WIDTH}}", (row.shown, "bold"), (note, MUTED))


def _facts(row: Row) -> str:
    """Its default, what it may be, and what it is called in the file."""
    section, _, name = row.place.partition(".")
    choices = ", ".join(name for name, _ in row.choices) if len(row.choices) >= _MANY else ""
    by = f"Set by {row.variable}, so it cannot be changed here" if row.variable else f"Default: {row.default_shown}"
    where = f"[{section}] {name} in {paths.settings_file().name}"
    return " · ".join(part for part in (by, f"one of: {choices}" if choices else "", row.limits, where) if part)
