"""One scored answer, right after it or from a past session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static

from mockint.model import FEELINGS, Finding
from mockint.report.text import moment
from mockint.rescoring import Scored
from mockint.stories.story import Story
from mockint.tui.screens.correct import Correct, CorrectScreen, Play
from mockint.tui.screens.page import Page
from mockint.tui.widgets.card_view import CardView, EvidenceLine
from mockint.tui.widgets.felt_line import FeltLine

Choice = Literal["next", "retry", "follow up", "finish"]
_NEXT = "choose('next')"


class CardScreen(Page[Choice | None]):
    """A card. In an interview it closes with what to do next; a past one just closes."""

    NAME = "Your answer"
    MORE_KEYS = (("↑ ↓", "go through the findings"), ("Enter", "hear the moment of a finding, or press the button"))
    HELP_TEXT = (
        "What your answer was worth and why. Every line with a ▶ can be heard: go to it with the arrow keys and "
        "press Enter. Levels go from 1 to 5; what could not be measured says why."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", _NEXT, "Next", tooltip="the next question, or the summary after the last"),
        Binding("r", "choose('retry')", "Retry", tooltip="answer the same question again; both answers are kept"),
        Binding("e", "correct", "Correct", tooltip="correct what was heard, and have it scored again"),
        Binding("p", "listen", "Play", tooltip="hear the whole answer; the word being spoken is lit"),
        *(Binding(str(n), f"feel({n})", show=False, tooltip=f"it felt: {felt}") for n, felt in enumerate(FEELINGS, 1)),
        Binding("m", "model", "Model answer", tooltip="show or hide the model answer"),
        Binding("f", "follow_up", "Follow-up", tooltip="answer what the interviewer asks; both count together"),
        Binding("escape", "choose('finish')", "End", key_display="Esc", tooltip="in an interview: end it"),
        Binding("escape", "back", "Back", key_display="Esc", tooltip="from a past card: back to its session"),
    ]

    def __init__(
        self,
        scored: Scored,
        play: Play,
        correct: Correct,
        *,
        fact: str = "",
        interview: bool,
        last: bool = False,
        asks: str = "",
        stories: Sequence[Story] = (),
        listen: Callable[[Scored], Page[None]] | None = None,
        felt: FeltLine | None = None,
    ) -> None:
        """`felt`: where the user says how the answer felt.

        `listen`: makes the screen on which the whole answer is heard; raises StoreError.

        `asks`: what the interviewer would like to know about this answer; empty: nothing.

        `stories`: the user's own, one of which the answer may tell.
        """
        super().__init__()
        self._scored = scored
        self._play = play
        self._correct = correct
        self._fact = fact
        self._interview = interview
        self._last = last
        self._asks = asks
        self._stories = stories
        self._listen = listen
        self._felt = felt

    def body(self) -> ComposeResult:
        yield CardView(self._scored, self._stories, id="card")
        if self._asks:
            yield Static(Content.assemble("The interviewer asks: ", (self._asks, "bold")), id="card-asks")
        if self._felt:
            yield self._felt
        with Horizontal(id="card-bar"):
            if self._interview:
                label = f"{'See the summary' if self._last else 'Next question'} ({self.key(_NEXT)})"
                if self._asks:
                    yield Button(
                        self.with_keys("Answer that ({follow_up})"), variant="primary", compact=True, id="follow-up"
                    )
                yield Button(label, variant="default" if self._asks else "primary", compact=True, id="next")
            yield Static(Content(self._first_status()), id="card-status")

    def on_mount(self) -> None:
        """Say which question this was."""
        self.fact(self._fact)

    async def improve(self, scored: Scored) -> None:
        """Show the card of a better transcript in place of the draft's; also before the screen is opened."""
        self._scored = scored
        if self in self.app.screen_stack:
            await self.query_one(CardView).replace(scored)
            self._say("The draft was replaced by a better transcript.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A past card offers neither next nor retry, one in an interview no way back."""
        offered = {
            "choose": self._interview,
            "listen": self._listen is not None,
            "feel": self._felt is not None,
            "back": not self._interview,
            "follow_up": bool(self._asks),
        }
        return offered.get(action, True)

    def action_choose(self, choice: Choice) -> None:
        """Close with what to do next."""
        self.dismiss(choice)

    def action_follow_up(self) -> None:
        """Answer what the interviewer asks."""
        self.dismiss("follow up")

    def action_back(self) -> None:
        """To where the card was opened from."""
        self.dismiss(None)

    def action_feel(self, number: int) -> None:
        """Say how the answer felt; the same key takes it back."""
        if self._felt:
            self._felt.choose(FEELINGS[number - 1])

    def action_correct(self) -> None:
        """Open the transcript to be corrected."""
        self.app.push_screen(CorrectScreen(self._scored, self._play, self._correct), self._show_corrected)

    async def _show_corrected(self, scored: Scored | None) -> None:
        if scored is not None:
            self._scored = scored
            await self.query_one(CardView).replace(scored)
            self._say("Scored again from your words.")

    def action_listen(self) -> None:
        """Hear the whole answer."""
        self.work(self._open_listening, group="play", exclusive=True)

    async def _open_listening(self) -> None:
        if self._listen is not None:
            self.app.push_screen(self._listen(self._scored))

    def action_model(self) -> None:
        """Show or hide the model answer."""
        shown = self.query_one(CardView).toggle_model_answer()
        self._say(self.with_keys("Model answer below; {model} hides it.") if shown else "")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer the follow-up, or go on."""
        self.dismiss("follow up" if event.button.id == "follow-up" else "next")

    def on_evidence_line_chosen(self, event: EvidenceLine.Chosen) -> None:
        """Play the moment, or say why there is none."""
        finding = event.finding
        if finding is None:
            typed = self._scored.transcript.typed
            self._say("Nothing to hear: this answer was typed." if typed else "Nothing to hear for this line.")
            return
        self.work(partial(self._hear, finding), group="play", exclusive=True)

    async def _hear(self, finding: Finding) -> None:
        status = self.query_one("#card-status", Static)
        playing = Content(f"▶ Playing {moment(finding)}")
        status.update(playing)
        try:
            await self._play(finding)
        finally:
            if status.content is playing:  # nothing else was said meanwhile
                status.update(Content(self._first_status()))

    def _say(self, text: str) -> None:
        self.query_one("#card-status", Static).update(Content(text or self._first_status()))

    def _first_status(self) -> str:
        if self._scored.transcript.typed:
            return "↑ ↓ go through the lines"
        return "↑ ↓ choose, Enter plays"
