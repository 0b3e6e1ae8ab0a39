"""Correcting what was heard in an answer: the words to edit, the sound of the place the cursor is at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static, TextArea

from mockint import correction
from mockint.model import Finding, Word
from mockint.report.text import clock, text_to_correct
from mockint.rescoring import Scored
from mockint.tui.screens.dialogs import ConfirmDialog
from mockint.tui.screens.page import Page
from mockint.tui.style import MUTED

Play = Callable[[Finding], Awaitable[None]]
Correct = Callable[[str], Awaitable[Scored]]
"""Keeps a text as what was said, and scores it."""

_BEFORE_S, _AFTER_S = 1.0, 2.0
"""What is heard around the word at the cursor."""


class CorrectScreen(Page[Scored | None]):
    """The transcript in an editor; closes with the new card, or None when nothing was saved."""

    NAME = "Correct what was heard"
    HELP_TEXT = (
        "Change the words to what you really said. The answer is scored again from your words; those you leave alone "
        "keep their place in the recording, and what was heard first is kept, too. Line breaks in a spoken answer do "
        "not matter."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f5", "save", "Save", key_display="Ctrl+S", tooltip="keep these words, score again"),
        Binding("ctrl+l", "listen", "Listen", key_display="Ctrl+L", tooltip="hear the words at the cursor"),
        Binding("escape", "back", "Back", key_display="Esc", tooltip="back to the card, without saving"),
    ]

    def __init__(self, scored: Scored, play: Play, correct: Correct) -> None:
        super().__init__()
        self._scored = scored
        self._play = play
        self._correct = correct

    def body(self) -> ComposeResult:
        yield Static(Content(self._scored.question.text), id="correct-question")
        text = text_to_correct(self._scored.transcript, self._scored.card)
        yield TextArea(text, id="correct-text", soft_wrap=True, show_line_numbers=False)
        yield Static(id="correct-status")

    def on_mount(self) -> None:
        """Begin at the first word."""
        self.query_one(TextArea).focus()
        self._show_place()

    @property
    def unsaved(self) -> str:
        """Whether words were changed."""
        changed = self._text.split() != self._scored.transcript.text.split()
        return "Your corrections have not been saved." if changed else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A typed answer cannot be heard."""
        return action != "listen" or not self._scored.transcript.typed

    def on_text_area_changed(self) -> None:
        """Another text, another word at the cursor."""
        self._show_place()

    def on_text_area_selection_changed(self) -> None:
        """Another word at the cursor."""
        self._show_place()

    def action_listen(self) -> None:
        """Hear what is around the cursor."""
        if (word := self._word()) is not None:
            start, end = max(0.0, word.start - _BEFORE_S), word.end + _AFTER_S
            heard = Finding(rule="", message="", start_s=start, end_s=end)
            self.work(partial(self._play, heard), group="play", exclusive=True)

    def action_save(self) -> None:
        """Keep the words and score them, beside the screen."""
        if not self._text.split():
            self.notify("There are no words left. Write down what you said.", severity="warning", markup=False)
        elif not self.unsaved:
            self.notify("Nothing was changed.", markup=False)
        else:
            self.work(self._save, group="save", exclusive=True)

    async def _save(self) -> None:
        self.dismiss(await self._correct(self._text))

    def action_back(self) -> None:
        """Back to the card; asks when something was changed."""
        if not self.unsaved:
            self.dismiss(None)
            return
        dialog = ConfirmDialog("Leave without saving?", self.unsaved, yes="Leave", no="Stay")
        self.app.push_screen(dialog, self._leave_if)

    def _leave_if(self, sure: bool | None) -> None:
        if sure:
            self.dismiss(None)

    @property
    def _text(self) -> str:
        return self.query_one(TextArea).text

    def _word(self) -> Word | None:
        """The word at the cursor, with its time, as it would be saved."""
        area = self.query_one(TextArea)
        words = correction.correct(self._scored.transcript, area.text, "").words
        before = len(area.get_text_range((0, 0), area.cursor_location).split())
        row, column = area.cursor_location
        begun = area.document.get_line(row)[:column][-1:].strip() != ""
        at = min(before - begun, len(words) - 1)
        return words[at] if words else None

    def _show_place(self) -> None:
        word = self._word()
        if word is None:
            typed = self._scored.transcript.typed
            words = "This answer was typed: there is no sound to it." if typed else "There are no words."
        else:
            about = " (put in by you: its place is estimated)" if word.estimated else ""
            words = f"{clock(word.start)}  {word.text}{about}"
        self.query_one("#correct-status", Static).update(Content.styled(words, MUTED))
