"""How the next interview is to be: everything that is chosen before it, kept in the settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from mockint.config import Settings
from mockint.tui.widgets.choice import Choice
from mockint.tui.widgets.column import Column
from mockint.tui.widgets.ticks import Ticks

_DIFFICULTIES = ("any", "easy", "medium", "hard")
_THINK_S = (0, 15, 30, 60)
_RATES = (("slow", 130), ("usual", 160), ("fast", 190))
_LABEL_WIDTH = 11


class SessionDialog(ModalScreen[dict[str, Any] | None]):
    """Closes with the settings to change, by `section.name`; None when nothing is to be changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back"),
        Binding("ctrl+s,f5", "keep", "Keep"),
        Binding("up", "app.focus_previous", "Up", show=False),
        Binding("down", "app.focus_next", "Down", show=False),
    ]

    def __init__(self, settings: Settings, areas: Sequence[tuple[str, str]]) -> None:
        """`areas`: title and id of every focus area that has questions."""
        super().__init__()
        self._settings = settings
        self._areas = areas

    def compose(self) -> ComposeResult:
        chosen, speech = self._settings.interview, self._settings.speech
        thinking = sorted({*_THINK_S, chosen.think_seconds})
        rates = [*_RATES] if speech.rate in dict(_RATES).values() else [*_RATES, (str(speech.rate), speech.rate)]
        with Vertical(classes="dialog"):
            yield Static("The next interview", classes="dialog-title")
            with Column(classes="dialog-body"):
                yield _choice("Mode", [("practice", False), ("strict", True)], chosen.strict, "strict")
                yield _choice("Difficulty", [(name, name) for name in _DIFFICULTIES], chosen.difficulty, "difficulty")
                yield _choice("Thinking", [(_thinking(s), s) for s in thinking], chosen.think_seconds, "think_seconds")
                yield _choice("Question", [("shown", False), ("ears only", True)], chosen.ears_only, "ears_only")
                yield _choice("Voice", rates, speech.rate, "rate")
                yield _choice("Pace", [("shown", True), ("hidden", False)], chosen.show_pace, "show_pace")
                yield _choice("Follow-ups", [(str(n), n) for n in range(3)], chosen.follow_ups, "follow_ups")
                yield Static("Areas (none chosen: those of the job)", classes="dialog-hint")
                yield Ticks(self._areas, chosen.areas, id="areas")
            yield Static(
                "Strict: no repeats, no hints, 30 s to think, cards last.",
                classes="dialog-hint",
                id="about-strict",
            )
            with Horizontal(classes="dialog-buttons"):
                yield Button("Keep (Ctrl+S)", variant="primary", compact=True, id="keep")
                yield Button("Back (Esc)", compact=True, id="back")

    def action_keep(self) -> None:
        """Close with what was chosen."""
        names = ("strict", "difficulty", "think_seconds", "ears_only", "show_pace", "follow_ups")
        changed: dict[str, Any] = {f"interview.{name}": self.query_one(f"#{name}", Choice).value for name in names}
        changed["interview.areas"] = tuple(sorted(self.query_one("#areas", Ticks).ticked))
        changed["speech.rate"] = self.query_one("#rate", Choice).value
        self.dismiss(changed)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Keep, or leave as it was."""
        if event.button.id == "keep":
            self.action_keep()
        else:
            self.dismiss(None)


def _choice(label: str, options: Sequence[tuple[str, Any]], chosen: Any, name: str) -> Choice[Any]:
    return Choice(label, options, chosen, id=name, label_width=_LABEL_WIDTH)


def _thinking(seconds: int) -> str:
    return f"{seconds} s" if seconds else "free"
