"""What a card says, as a list of lines a user can go through and hear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content

from mockint.model import (
    COMPONENTS,
    Card,
    Coverage,
    Delivery,
    Finding,
    Pause,
    Structure,
)
from mockint.report.text import clock, fillers_text, meaning_lines, moment, part_word
from mockint.stories.lines import part_text, told_title
from mockint.stories.told import Told
from mockint.tui.style import MUTED, SIGNS
from mockint.tui.words import shortened

_STORY_SIGNS = {"told": SIGNS["clear"], "partly": SIGNS["weak"], "left out": SIGNS["missing"]}
_LONGEST_QUOTE = 160
"""Characters, about two lines: where a recogniser gives no sentences, a quote may be all of an answer."""
_AROUND_PAUSE_S = 2.0
"""A silence alone is nothing to hear: it is played with what surrounds it."""


@dataclass(frozen=True)
class Evidence:
    """One line of a card: a word before it, its text, and the finding it rests on, if any."""

    label: Content
    text: Content
    finding: Finding | None = None

    @property
    def playable(self) -> bool:
        """Whether there is a moment to hear."""
        return self.finding is not None and self.finding.start_s is not None


@dataclass(frozen=True)
class Section:
    """Lines that belong together."""

    title: str
    lines: tuple[Evidence, ...]


def sections(card: Card) -> tuple[Section, ...]:
    """All evidence of a card, most useful first; sections without a line are left out."""
    found = (
        Section("What was good, and what to try next", tuple(_advice(card))),
        Section("Structure", tuple(_structure(card.structure))),
        Section("Key points of the question", tuple(_points(card.coverage))),
        Section("Focus areas of the job", tuple(_areas(card.coverage))),
        Section("Delivery", tuple(_delivery(card.delivery))),
    )
    return tuple(section for section in found if section.lines)


def story_section(told: Told) -> Section:
    """What an answer told of the user's own story."""
    lines = (
        Evidence(
            Content.styled(f"{_STORY_SIGNS[part.status][0]} {part.status}", _STORY_SIGNS[part.status][1]),
            Content(part_text(part)),
        )
        for part in told.parts
    )
    return Section(told_title(told), tuple(lines))


def _advice(card: Card) -> Iterator[Evidence]:
    if card.strength:
        label = Content.styled("★ strength", "$text-success")
        yield Evidence(label, Content(card.strength.message) + _quote(card.strength.finding), card.strength.finding)
    for number, suggestion in enumerate(card.suggestions, start=1):
        label = Content.styled(f"→ try {number}", "$text-accent")
        yield Evidence(label, Content(suggestion.message) + _quote(suggestion.finding), suggestion.finding)


def _meaning(part: Structure | Coverage | Delivery) -> Iterator[Evidence]:
    for line in meaning_lines(part):
        label, _, text = line.partition(": ")
        yield _fact(text, label)


def _structure(structure: Structure) -> Iterator[Evidence]:
    yield from _meaning(structure)
    if structure.is_story is False:
        yield _fact("no single episode was told")
    for name in COMPONENTS:
        if not structure.components or name not in structure.components:
            continue
        component = structure.components[name]
        graded = name == "result" and structure.result_grade not in (None, "none")
        note = f", {structure.result_grade}" if graded else ""
        yield from _graded(component.status, f"{name}{note}", component.findings)
    for part in structure.parts:
        yield from _graded(part.status, part.name, part.findings)


def _points(coverage: Coverage) -> Iterator[Evidence]:
    yield from _meaning(coverage)
    for number, point in enumerate(coverage.points, start=1):
        yield from _graded(point.status, f"[{number}] {point.point}", point.findings)


def _areas(coverage: Coverage) -> Iterator[Evidence]:
    touched = [area for area in coverage.focus_areas if area.status != "missing"]
    for area in touched:
        yield from _graded(area.status, f"{area.name} ({area.weight:.0%} of the job)", area.findings)
    if coverage.focus_areas and not touched:
        yield Evidence(_sign("missing"), Content("nothing the job names was heard"))


def _delivery(delivery: Delivery) -> Iterator[Evidence]:
    yield from _meaning(delivery)
    if delivery.words_per_minute is not None:
        pace = [window.words_per_minute for window in delivery.pace]
        through = " · ".join("–" if rate is None else f"{rate:.0f}" for rate in pace)
        course = f"  (through the answer: {through})" if len(pace) > 1 else ""
        yield _fact(f"{delivery.words_per_minute:.0f} words a minute while speaking{course}", "pace")
    if delivery.thinking_s is not None and delivery.thinking_s >= 1:
        yield _fact(f"{delivery.thinking_s:.1f} s of thinking before the first word", "start")
    for pause in delivery.pauses:
        if pause.kind == "long":
            yield _long_pause(pause)
    if delivery.fillers is not None:
        yield _fact(fillers_text(delivery.fillers), "fillers")
        for finding in delivery.fillers.findings:
            yield Evidence(Content(), _quote(finding, gap=""), finding)
    for label, findings in (("hedge", delivery.hedges), ("repeat", delivery.repeats)):
        for finding in findings:
            yield Evidence(Content.styled(label, MUTED), Content(finding.message) + _quote(finding), finding)


def _fact(text: str, label: str = "") -> Evidence:
    return Evidence(Content.styled(label, MUTED), Content(text))


def _long_pause(pause: Pause) -> Evidence:
    message = f"silence of {pause.end_s - pause.start_s:.1f} s at {clock(pause.start_s)}"
    heard = Finding(
        rule="delivery.pause.long",
        message=message,
        start_s=max(0.0, pause.start_s - _AROUND_PAUSE_S),
        end_s=pause.end_s + _AROUND_PAUSE_S,
    )
    return Evidence(Content.styled("pause", MUTED), Content(message) + _quote(heard), heard)


def _graded(status: str, name: str, findings: tuple[Finding, ...]) -> Iterator[Evidence]:
    """A line with its sign, word and first quote; further quotes on lines of their own."""
    first = findings[0] if findings else None
    yield Evidence(_sign(status), Content(name) + _quote(first), first)
    for finding in findings[1:]:
        yield Evidence(Content(), _quote(finding, gap=""), finding)


def _sign(status: str) -> Content:
    sign, colour = SIGNS[status]
    return Content.styled(f"{sign} {part_word(status)}", colour)


def _quote(finding: Finding | None, gap: str = "  ") -> Content:
    """`  “the words”  ▶0:12–0:15`; only the words where nothing can be played, nothing where there are none."""
    if finding is None:
        return Content()
    where = moment(finding)
    words = (
        Content.styled(f"{gap}“{shortened(finding.quote, _LONGEST_QUOTE)}”", "italic") if finding.quote else Content()
    )
    return words + (Content.styled(f"  ▶{where}", MUTED) if where else Content())
