"""A scored answer: levels, evidence that can be played, transcript, model answer. The one widget for all cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import Static

from mockint.model import Card, Finding, Question
from mockint.report.marking import Row, marked
from mockint.report.text import as_sentences
from mockint.report.timeline import LEAST_WIDTH, timeline
from mockint.rescoring import Scored
from mockint.stories.story import Story
from mockint.stories.told import story_told
from mockint.tui.style import MUTED
from mockint.tui.widgets.evidence import Evidence, Section, sections, story_section
from mockint.tui.widgets.timeline_view import TimelineView
from mockint.tui.words import level_lines, transcript_title


class EvidenceLine(Horizontal, can_focus=True):
    """A line of the card; Enter or a click plays its moment."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "play", "Hear", key_display="Enter")]

    class Chosen(Message):
        """The user wants to hear this finding; None: there is nothing to hear."""

        def __init__(self, finding: Finding | None) -> None:
            super().__init__()
            self.finding = finding

    def __init__(self, evidence: Evidence) -> None:
        super().__init__()
        self.evidence = evidence

    def compose(self) -> ComposeResult:
        yield Static(self.evidence.label, classes="evidence-label")
        yield Static(self.evidence.text, classes="evidence-text")

    def action_play(self) -> None:
        """Ask for the moment to be played."""
        self.post_message(self.Chosen(self.evidence.finding if self.evidence.playable else None))

    def on_click(self, event: events.Click) -> None:
        """Play on a click, too."""
        event.stop()
        self.action_play()


class Levels(Static):
    """The levels of a card; why one was not measured stays in its column."""

    def __init__(self, card: Card) -> None:
        super().__init__(level_lines(card))
        self._card = card

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line a level, and more where one is long."""
        return level_lines(self._card, width).plain.count("\n") + 1

    def render(self) -> Content:
        """The lines, as wide as there is room."""
        return level_lines(self._card, self.content_size.width)


class CardView(VerticalScroll, can_focus=False):
    """The whole card in one column; up and down go through its evidence."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Previous finding", show=False),
        Binding("down", "step(1)", "Next finding", show=False),
    ]

    def __init__(self, scored: Scored, stories: Sequence[Story] = (), *, id: str) -> None:
        super().__init__(id=id)
        self._scored = scored
        self._stories = stories

    def compose(self) -> ComposeResult:
        card, transcript = self._scored.card, self._scored.transcript
        yield Static(Content(self._scored.question.text), classes="card-question")
        if transcript.draft:
            yield Static(Content("! Draft transcript: some words may have been misheard."), classes="card-warning")
        if card.transcript_quality.status != "good":
            yield Static(_quality(card), classes="card-warning")
        yield Levels(card)
        told = story_told(self._scored.question, self._stories, transcript)
        for section in sections(card):
            yield from _section(section)
        if drawn := timeline(transcript, card, LEAST_WIDTH):
            yield Static(Content("Timeline"), classes="section-title")
            yield TimelineView(transcript, card)
            yield Static(Content.styled(drawn.legend, MUTED), classes="card-legend")
        if told:
            yield from _section(story_section(told))
        yield Static(Content(transcript_title(transcript)), classes="section-title")
        yield Static(_labelled(self._scored), classes="card-transcript")
        yield Static(Content("Model answer"), classes="section-title model")
        yield Static(_model_answer(self._scored.question), classes="card-model model")
        yield Static(Content.styled(f"Scorer {card.version}", MUTED), classes="card-scorer")

    def on_mount(self) -> None:
        """The model answer comes only when asked for, and the first line of evidence is ready to be heard."""
        self.query(".model").set(display=False)
        lines = self.query(EvidenceLine)
        self.can_focus = not lines
        (lines.first() if lines else self).focus(scroll_visible=False)

    async def replace(self, scored: Scored) -> None:
        """Show another scoring of the same answer. The chosen line stays where it is on the screen, or what takes its
        place; an unfolded model answer stays unfolded."""
        before = list(self.query(EvidenceLine))
        chosen = next((number for number, line in enumerate(before) if line.has_focus), None)
        shown, place = self.query(".model").first().display, self.scroll_offset.y
        row = 0 if chosen is None else before[chosen].virtual_region.y
        evidence = None if chosen is None else before[chosen].evidence
        self._scored = scored
        with self.app.batch_update():
            await self.recompose()
            self.query(".model").set(display=shown)
            lines = list(self.query(EvidenceLine))
            self.can_focus = not lines
            if chosen is None or evidence is None or not lines:
                self.call_after_refresh(self.scroll_to, y=place, animate=False)
                return
            nearest = lines[min(chosen, len(lines) - 1)]
            line = next((line for line in lines if _alike(line.evidence, evidence)), nearest)
            line.focus(scroll_visible=False)
        self.call_after_refresh(self._keep_row, line, place - row)

    def _keep_row(self, line: EvidenceLine, above: int) -> None:
        """Scroll so that `line` is as far below the top as before; `above` is minus that."""
        self.scroll_to(y=line.virtual_region.y + above, animate=False)

    def toggle_model_answer(self) -> bool:
        """Show or hide the model answer; returns whether it shows now."""
        parts = self.query(".model")
        shown = not parts.first().display
        parts.set(display=shown)
        if shown:
            self.call_after_refresh(self.scroll_to_widget, parts.first(), animate=False, top=True)
        return shown

    def action_step(self, by: int) -> None:
        """Go to the next or previous finding; past the first, to the top; past the last, down the transcript."""
        lines = list(self.query(EvidenceLine))
        present = next((index for index, line in enumerate(lines) if line.has_focus), None)
        target = (0 if by > 0 else len(lines) - 1) if present is None else present + by
        if 0 <= target < len(lines):
            lines[target].focus()
        elif by > 0:
            self.scroll_down(animate=False)
        else:
            self.scroll_home(animate=False)


def _section(section: Section) -> ComposeResult:
    yield Static(Content(section.title), classes="section-title")
    for evidence in section.lines:
        yield EvidenceLine(evidence)


def _alike(one: Evidence, other: Evidence) -> bool:
    """Whether two lines say the same, or stand on the same finding."""
    if one.finding is not None and other.finding is not None:
        same = (one.finding.rule, one.finding.message) == (other.finding.rule, other.finding.message)
    else:
        same = str(one.text) == str(other.text)
    return same and str(one.label) == str(other.label)


def _quality(card: Card) -> Content:
    quality = card.transcript_quality
    return Content(f"! The transcript is {quality.status}. {as_sentences(quality.reasons)}".rstrip())


def _labelled(scored: Scored) -> Content:
    """The transcript, each sentence after its role and each key point before its number, both in brackets."""
    rows = marked(scored.transcript, scored.card, {})
    points = any(stretch.points for row in rows for stretch in row.stretches)
    roles = any(row.label != "other" for row in rows)
    if not points and not roles:
        return Content(scored.transcript.text or "(no words)")
    lines: list[Content] = []
    before = ""
    for row in rows:
        label = "" if not roles or row.label == before else f"[{row.label}] "
        if label or not lines:
            lines.append(Content.styled(label, MUTED) + _words(row))
        else:
            lines[-1] = lines[-1] + Content(" ") + _words(row)
        before = row.label
    if points:
        lines.append(Content.styled("underlined, with a number: the key point it belongs to", MUTED))
    return Content("\n").join(lines)


def _words(row: Row) -> Content:
    """The words of a sentence; what belongs to key points is underlined and has their numbers behind it."""
    found: list[Content] = []
    for stretch in row.stretches:
        words = " ".join(piece.text for piece in stretch.pieces if piece.sort == "word")
        if words:
            numbers = "".join(f" [{number}]" for number in stretch.points)
            found.append(Content.styled(words, "underline" if stretch.points else "") + Content.styled(numbers, "bold"))
    return Content(" ").join(found)


def _model_answer(question: Question) -> Content:
    return Content(question.model_answer.strip() or "This question has none.")
