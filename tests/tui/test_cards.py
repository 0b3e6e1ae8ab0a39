"""Cards: what they say, what can be heard, and that past ones are the same."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from mockint import scoring
from mockint.errors import NoSpeaker
from mockint.interview import Phase
from mockint.model import (
    Card,
    Coverage,
    Finding,
    Job,
    KeyPoint,
    PointResult,
    Question,
    Transcript,
    TranscriptQuality,
    typed_transcript,
)
from mockint.tui.screens.card import CardScreen
from mockint.tui.screens.dialogs import ErrorDialog
from mockint.tui.screens.interview import InterviewScreen
from mockint.tui.screens.session import SessionScreen, SummaryScreen
from mockint.tui.widgets.card_view import CardView, EvidenceLine
from mockint.tui.widgets.evidence import sections
from mockint.tui.widgets.key_line import KeyLine
from mockint.tui.widgets.timeline_view import TimelineView
from mockint.tui.words import level_lines, shortened

from .driving import driving
from .fakes import FakeRuntime
from .samples import CARD, MARKUP, QUESTIONS, TRANSCRIPT, TYPED_CARD


async def test_a_card_shows_levels_reasons_evidence_and_labels_as_text(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.answer()
        text = ui.text()
        assert "Structure  ████░  4 of 5" in text
        assert "not measured: the answer is shorter than 30 s" in text
        assert "Draft transcript" in text
        assert "✓ explained" in text
        assert "~ named" in text
        assert "✗ missing" in text
        assert "at least 1 filler heard" in text
        assert "[situation] in my last role" in text
        assert QUESTIONS[0].model_answer not in text
        assert f"Scorer {CARD.version}" in text
        await ui.press("m")
        await ui.shows(QUESTIONS[0].model_answer)
        await ui.press("m")
        await ui.until(lambda: QUESTIONS[0].model_answer not in ui.text())


async def test_a_spoken_answer_has_a_timeline_as_wide_as_the_card(runtime: FakeRuntime) -> None:
    async with driving(runtime, size=(80, 24)) as ui:
        await ui.start()
        await ui.answer()
        drawn = ui.app.screen.query_one(TimelineView)
        for width in (80, 61, 100):
            await ui.pilot.resize_terminal(width, 24)
            await ui.until(lambda: drawn.content_size.width > 0 and ui.app.screen.size.width == width)  # noqa: B023
            await ui.until(
                lambda: {len(line) for line in drawn.render().plain.split("\n")} == {drawn.content_size.width}
            )
            assert drawn.content_size.height == 5
        voice, fillers, _, rates, times = drawn.render().plain.split("\n")
        assert "──2.9s──" in voice and fillers.count("▼") == 1
        assert rates.split() == ["words/min", "152", "143"] and times.split()[:2] == ["time", "└0:00"]
        assert "─ long silence" in ui.text()


async def test_a_typed_answer_has_no_timeline(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("t")
        await ui.phase(Phase.TYPING)
        await ui.press("y", "e", "s", "ctrl+s")
        await ui.screen(CardScreen)
        assert not ui.app.screen.query(TimelineView)
        assert "Timeline" not in ui.text()


async def test_key_points_have_the_numbers_of_the_list_in_the_transcript(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.answer()
        text = ui.text()
        assert "[1] how the risk was kept small" in text and "[2] watching the error rate" in text
        assert "and um sent five percent of the traffic to it first [1] then i raised it" in text
        assert "watching the error rate [2]\n[result]" in text


async def test_enter_plays_the_moment_of_a_finding_and_says_so(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.answer()
        runtime.fake_player.free.clear()
        await ui.press("enter")  # the strength has the focus
        await ui.shows("Playing 0:23–0:27")
        await ui.until(lambda: runtime.fake_player.played[-1] == ("answer.wav", 23.5, 27.0))
        runtime.fake_player.free.set()
        await ui.until(lambda: "Playing" not in ui.text())
        assert "Enter plays" in ui.at("#card-status")
        await ui.press("down", "enter")  # a suggestion about something that was not said
        await ui.shows("Nothing to hear for this line.")


async def test_a_past_card_plays_its_own_recording_and_offers_no_retry(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.answer()
        await ui.press("escape")
        await ui.screen(SummaryScreen)
        await ui.shows("1 of 1 answered")
        await ui.press("enter")
        await ui.screen(CardScreen)
        assert "Next question" not in ui.text()
        await ui.press("r", "n")
        assert isinstance(ui.app.screen, CardScreen)
        runtime.fake_player.free.clear()
        await ui.press("enter")
        await ui.until(lambda: runtime.fake_player.played[-1] == ("answer.wav", 23.5, 27.0))
        await ui.shows("Playing 0:23–0:27")
        assert "Esc Back" in ui.app.screen.query_one(KeyLine).render().plain
        runtime.fake_player.fails = NoSpeaker("This machine has no speaker.", "Plug one in.")
        await ui.press("enter")
        await ui.screen(ErrorDialog)
        await ui.press("escape")
        await ui.screen(CardScreen)
        assert "Playing" not in ui.text()
        await ui.press("escape")
        await ui.screen(SessionScreen)


async def test_all_of_a_card_can_be_reached_with_the_arrow_keys(runtime: FakeRuntime) -> None:
    async with driving(runtime, size=(80, 24)) as ui:
        await ui.start()
        await ui.answer()
        card = ui.app.screen.query_one(CardView)
        assert card.scroll_offset.y == 0  # opens at its top: question and levels
        lines = list(ui.app.screen.query(EvidenceLine))
        await ui.press("down")
        assert lines[1].has_focus
        lines[-1].focus()
        await ui.until(lambda: card.scroll_offset.y > 0)
        while card.scroll_offset.y < card.max_scroll_y:
            await ui.press("down")  # past the last finding, down the transcript
        assert lines[-1].has_focus
        await ui.press("up")
        assert lines[-2].has_focus
        lines[0].focus()
        await ui.press("up")
        await ui.until(lambda: card.scroll_offset.y == 0)


async def test_a_card_without_any_finding_can_still_be_read(
    runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = msgspec.structs.replace(
        TYPED_CARD,
        coverage=Coverage(level=None, reason="no key points"),
        transcript_quality=TranscriptQuality(status="unusable", reasons=("No words.",)),
    )
    monkeypatch.setattr(scoring, "score", lambda *_: bare)
    async with driving(runtime) as ui:
        await ui.start()
        await ui.answer()
        assert "The transcript is unusable. No words." in ui.text()
        assert isinstance(ui.app.focused, CardView)


async def test_markup_in_findings_and_typed_text_is_shown_as_written(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("t")
        await ui.phase(Phase.TYPING)
        await ui.press("left_square_bracket", "r", "e", "d", "right_square_bracket", "x", "ctrl+s")
        await ui.screen(CardScreen)
        assert "[red]x" in ui.text()
        assert f"{MARKUP}  “{MARKUP}”" in ui.text()


def test_every_status_has_a_sign_and_a_word_of_its_own() -> None:
    labels = {str(line.label) for section in sections(CARD) for line in section.lines if section.title != "Delivery"}
    assert {"✓ clear", "~ likely", "✓ explained", "~ named", "✗ missing"} <= labels


def test_a_long_pause_can_be_heard_with_what_is_around_it() -> None:
    lines = [line for section in sections(CARD) for line in section.lines]
    pause = next(line for line in lines if line.finding and line.finding.rule == "delivery.pause.long")
    assert pause.finding is not None
    assert (pause.finding.start_s, pause.finding.end_s) == (12.2, 19.1)


def test_focus_areas_that_did_not_come_up_are_one_line() -> None:
    untouched = tuple(msgspec.structs.replace(area, status="missing") for area in CARD.coverage.focus_areas)
    card = msgspec.structs.replace(CARD, coverage=Coverage(level=1, focus_areas=untouched))
    section = next(section for section in sections(card) if section.title == "Focus areas of the job")
    assert [str(line.text) for line in section.lines] == ["nothing the job names was heard"]


def test_what_has_no_time_cannot_be_played() -> None:
    point = PointResult(point="p", status="explained", score=1.0, findings=TYPED_CARD.coverage.points[0].findings)
    card = msgspec.structs.replace(TYPED_CARD, coverage=Coverage(level=5, points=(point,)))
    assert not any(line.playable for section in sections(card) for line in section.lines)
    assert typed_transcript("x").typed
    assert Question(text="q", kind="technical").model_answer == ""


async def test_a_better_transcript_replaces_the_draft_in_place(
    runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    better = msgspec.structs.replace(TRANSCRIPT, text="In my last role, I led it.", draft=False, engine="whisper")
    strength = CARD.strength
    assert strength is not None
    changed = msgspec.structs.replace(CARD, suggestions=CARD.suggestions[1:])

    def score(question: Question, transcript: Transcript, job: Job | None = None, *_: object) -> Card:
        return CARD if transcript.draft else changed

    monkeypatch.setattr(scoring, "score", score)
    runtime.fake_transcriber.better = better
    runtime.change({"display.animations": False})  # scrolled is scrolled
    async with driving(runtime) as ui:
        await ui.start()
        await ui.answer()
        await ui.press("m")
        view = ui.app.screen.query_one(CardView)
        await ui.until(lambda: view.scroll_offset.y > 0)  # at the model answer
        lines = list(ui.app.screen.query(EvidenceLine))
        chosen = lines[-2]
        chosen.focus()
        await ui.until(lambda: chosen.has_focus and view.region.contains_region(chosen.region))
        row = chosen.region.y
        runtime.fake_transcriber.better_is_there.set()
        await ui.shows("The draft was replaced by a better transcript.")
        assert "Draft transcript" not in ui.text()
        assert "whisper" in ui.text()
        assert len(ui.app.screen.query(EvidenceLine)) == len(lines) - 1
        await ui.until(lambda: isinstance(ui.app.focused, EvidenceLine))
        focused = ui.app.focused
        assert isinstance(focused, EvidenceLine)
        assert str(focused.evidence.text) == str(chosen.evidence.text)
        assert QUESTIONS[0].model_answer in ui.text()
        await ui.until(lambda: focused.region.y == row)
        await ui.press("n")
        await ui.screen(InterviewScreen)


async def test_the_next_question_is_not_disturbed_by_a_better_transcript(runtime: FakeRuntime) -> None:
    runtime.fake_transcriber.better = msgspec.structs.replace(TRANSCRIPT, draft=False)
    async with driving(runtime) as ui:
        await ui.start()
        await ui.answer()
        await ui.press("n")
        await ui.screen(InterviewScreen)
        await ui.phase(Phase.THINKING)
        before = ui.text()
        runtime.fake_transcriber.better_is_there.set()
        await runtime.practices[-1].improved()
        await ui.pilot.pause()
        assert ui.text() == before


async def test_the_summary_waits_for_the_last_transcript_unless_told_not_to(runtime: FakeRuntime) -> None:
    runtime.fake_transcriber.better = msgspec.structs.replace(TRANSCRIPT, draft=False)
    async with driving(runtime) as ui:
        await ui.start()
        await ui.answer()
        await ui.press("escape")
        await ui.shows("Writing your last words down properly")
        await ui.press("escape")
        await ui.screen(SummaryScreen)
    take = runtime.store.load("latest").attempts[0].counting
    assert take is not None and take.transcript is not None
    assert take.transcript.draft


async def test_the_summary_shows_the_better_card(runtime: FakeRuntime) -> None:
    runtime.fake_transcriber.better = msgspec.structs.replace(TRANSCRIPT, draft=False)
    async with driving(runtime) as ui:
        await ui.start()
        await ui.answer()
        await ui.press("escape")
        await ui.shows("Writing your last words down properly")
        runtime.fake_transcriber.better_is_there.set()
        await ui.screen(SummaryScreen)
    take = runtime.store.load("latest").attempts[0].counting
    assert take is not None and take.transcript is not None
    assert not take.transcript.draft


async def test_what_the_interviewer_asks_after_an_answer_can_be_answered(tmp_path: Path) -> None:
    question = Question(
        id="move",
        text="How do you move a running system?",
        kind="technical",
        key_points=(KeyPoint(text="a way back if it fails", weight=2),),
    )
    runtime = FakeRuntime(tmp_path, questions=(question,))
    async with driving(runtime) as ui:
        await ui.start()
        await ui.answer()
        await ui.shows("The interviewer asks: What about this one, a way back if it fails?")
        await ui.press("f")
        await ui.screen(InterviewScreen)
        await ui.phase(Phase.THINKING)
        assert ui.at("#question") == "What about this one, a way back if it fails?"
        assert "How do you move a running system?" in ui.at("#about-question")
        runtime.fake_transcriber.transcript = msgspec.structs.replace(TRANSCRIPT, text="We kept the old one running.")
        await ui.answer()
        await ui.shows("with a follow-up")
        assert "The interviewer asks" not in ui.text()
        await ui.press("n")
        await ui.screen(SummaryScreen)
        await ui.until(lambda: "take 2 with a follow-up (counts)" in ui.text())


def test_why_a_level_was_not_measured_stays_in_its_column() -> None:
    reason = "every story is its own: there are no points it must cover"
    card = msgspec.structs.replace(CARD, coverage=Coverage(level=None, reason=reason))
    lines = level_lines(card, 50).plain.splitlines()
    assert lines[1] == "Coverage   ·····  not measured: every story is its"
    assert lines[2] == " " * 18 + "own: there are no points it must" and lines[3] == " " * 18 + "cover"
    assert len(level_lines(card).plain.splitlines()) == 3


def test_a_very_long_quote_is_shortened_in_its_middle() -> None:
    quote = "first words " + "and so on " * 60 + "last words"
    (point,) = CARD.coverage.points[:1]
    said = msgspec.structs.replace(point, findings=(Finding(rule="x", message="said", quote=quote),))
    card = msgspec.structs.replace(CARD, coverage=msgspec.structs.replace(CARD.coverage, points=(said,)))
    (line,) = [
        str(line.text) for section in sections(card) for line in section.lines if "first words" in str(line.text)
    ]
    assert " … " in line and line.endswith("last words”") and len(line) < 250


@pytest.mark.parametrize("text", ["short", "x" * 100, "word " * 40, "a " + "y" * 90])
def test_a_shortened_text_is_never_longer_than_asked(text: str) -> None:
    assert len(shortened(text, 50)) <= 50
    assert (shortened(text, 50) == text) is (len(text) <= 50)
