"""An interview from the first key to the summary."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.widgets import TextArea

from mockint.audio.port import Level, PhraseClosed, PhraseOpened
from mockint.interview import Phase, Wishes
from mockint.model import Question, Word
from mockint.transcribe.port import PhraseWords
from mockint.tui.app import MockintApp
from mockint.tui.screens.card import CardScreen
from mockint.tui.screens.dialogs import ConfirmDialog, ErrorDialog, HelpDialog
from mockint.tui.screens.history import HistoryScreen
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.interview import InterviewScreen
from mockint.tui.screens.session import SessionScreen, SummaryScreen
from mockint.tui.widgets.key_line import KeyLine
from mockint.tui.widgets.meter import RATE_HZ, Meter

from .driving import came, driving
from .fakes import DeafRecorder, FakeRecorder, FakeRuntime
from .samples import MARKUP, QUESTIONS


async def test_from_start_to_summary_to_history_and_back(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        assert QUESTIONS[0].text in ui.text()
        assert "Question 1 of 2" in ui.text()
        assert "Think." in ui.at("#state")
        assert "Space" in ui.at("#one-key")
        await ui.answer()
        assert "4 of 5" in ui.text()
        await ui.press("n")
        await ui.screen(InterviewScreen)
        await ui.phase(Phase.THINKING)
        await ui.shows(QUESTIONS[1].text)
        await ui.answer()
        assert "See the summary" in ui.text()
        await ui.press("n")
        await ui.screen(SummaryScreen)
        await ui.shows("2 of 2 answered")
        assert str(runtime.folder) in ui.at("#session-foot")
        await ui.press("h")
        await ui.screen(HistoryScreen)
        await ui.shows("2 of 2 | 4 | 3 | – | Backend Engineer (Python)")
        await ui.press("enter")
        await ui.screen(SessionScreen)
        await ui.shows(QUESTIONS[1].text)
        await ui.press("enter")
        await ui.screen(CardScreen)
        await ui.press("escape")
        await ui.screen(SessionScreen)
        await ui.press("escape")
        await ui.screen(HistoryScreen)
        await ui.press("escape")
        await ui.screen(HomeScreen)
        await ui.shows("2 of 2 answered · structure 4, coverage 3")


async def test_words_clock_and_level_are_seen_while_recording(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("space")
        await ui.phase(Phase.LISTENING)
        await ui.shows("Recording 0:42")
        await ui.shows("-23 dBFS  good level")
        runtime.fake_transcriber.hear(0, "in my last role", partial=False)
        runtime.fake_transcriber.hear(1, "i was", partial=True)
        await ui.shows("in my last role i was")
        assert "stop" in ui.at("#one-key")


async def test_space_answers_while_the_question_is_still_being_asked(runtime: FakeRuntime) -> None:
    runtime.fake_player.free.clear()
    async with driving(runtime) as ui:
        await ui.press("s")
        await ui.phase(Phase.ASKING)
        await ui.shows("answer at once")
        await ui.press("space")
        await ui.phase(Phase.LISTENING)


async def test_repeat_and_slower_ask_again(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("r")
        await ui.until(lambda: len(runtime.fake_speaker.rates) == 2)
        await ui.phase(Phase.THINKING)
        await ui.press("s")
        await ui.until(lambda: len(runtime.fake_speaker.rates) == 3)
        slower = runtime.fake_speaker.rates[-1]
        assert slower is not None
        assert slower < runtime.settings.speech.rate


async def test_a_typed_answer_is_scored_and_has_nothing_to_hear(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("t")
        await ui.phase(Phase.TYPING)
        await ui.press("f5")
        await ui.phase(Phase.TYPING)  # nothing typed, nothing handed in
        await ui.press(*"no n s q ?")
        assert ui.app.screen.query_one("#typed", TextArea).text == "no n s q ?"
        await ui.press("ctrl+s")
        await ui.screen(CardScreen)
        await ui.shows("Your answer, as typed")
        assert "not measured: a typed answer" in ui.text()
        await ui.press("enter")
        await ui.shows("Nothing to hear: this answer was typed.")
        assert [name for name, *_ in runtime.fake_player.played] == ["spoken-1.wav"]


async def test_the_footer_names_the_help_key_that_works_while_typing(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:

        def keys() -> set[str]:
            line = ui.app.screen.query_one(KeyLine).render().plain
            return {key for key in ("?", "F1") if f"{key} Help" in line}

        await ui.start()
        await ui.until(lambda: keys() == {"?"})
        await ui.press("t")
        await ui.phase(Phase.TYPING)
        await ui.until(lambda: keys() == {"F1"})
        await ui.press("f1")
        await ui.screen(HelpDialog)


async def test_escape_leaves_typing_without_losing_the_text(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("t")
        await ui.phase(Phase.TYPING)
        await ui.press(*"half")
        await ui.press("escape")
        await ui.phase(Phase.THINKING)
        await ui.press("t")
        await ui.phase(Phase.TYPING)
        assert ui.app.screen.query_one("#typed", TextArea).text == "half"


async def test_without_a_microphone_typing_is_offered(runtime: FakeRuntime) -> None:
    runtime.new_recorder = DeafRecorder
    async with driving(runtime, toasts=True) as ui:
        await ui.start()
        await ui.press("space")
        await ui.phase(Phase.TYPING)
        await ui.shows("You can type your answer instead.")
        assert isinstance(ui.app.focused, TextArea)
        await ui.until(lambda: bool(ui.app.screen.query("Toast")))
        key = ui.app.screen.query_one("#one-key").region
        assert not any(toast.region.overlaps(key) for toast in ui.app.screen.query("Toast"))


async def test_retry_answers_the_same_question_again(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.answer()
        await ui.press("r")
        await ui.screen(InterviewScreen)
        await ui.phase(Phase.THINKING)
        assert QUESTIONS[0].text in ui.text()
        await ui.answer()
        await ui.press("escape")
        await ui.screen(SummaryScreen)
        await ui.shows("take 2 (counts)")
        assert "take 1" in ui.text()
        assert "not asked" in ui.text()


async def test_a_recording_is_discarded_only_when_sure(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("space")
        await ui.phase(Phase.LISTENING)
        await ui.press("escape")
        await ui.screen(ConfirmDialog)
        await ui.press("escape")
        await ui.screen(InterviewScreen)
        assert runtime.practices[-1].state.phase is Phase.LISTENING
        await ui.press("escape")
        await ui.screen(ConfirmDialog)
        await ui.press("y")
        await ui.phase(Phase.THINKING)
    assert list(runtime.folder.glob("sessions/*/01/1")) == []


async def test_skipped_questions_are_listed_as_skipped(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("n")
        await ui.shows(QUESTIONS[1].text)
        await ui.phase(Phase.THINKING)
        await ui.press("n")
        await ui.screen(SummaryScreen)
        await ui.shows("0 of 2 answered")
        assert ui.text().splitlines().count("skipped") == 2
        await ui.press("enter")
        assert isinstance(ui.app.screen, SummaryScreen)
        await ui.press("escape")
        await ui.screen(HomeScreen)


async def test_a_failed_transcription_is_told_in_a_dialog_and_the_recording_kept(runtime: FakeRuntime) -> None:
    runtime.fake_transcriber.transcript = None
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("space")
        await ui.phase(Phase.LISTENING)
        await ui.press("space")
        await ui.screen(ErrorDialog)
        assert "Your recording is safe" in ui.text()
        assert "Try another engine." in ui.text()
        await ui.press("enter")
        await ui.screen(InterviewScreen)
        await ui.shows("Your recording is safe")  # it stays readable
        assert len(list(runtime.folder.glob("sessions/*/01/1/answer.wav"))) == 1


async def test_quitting_while_recording_asks_first_and_keeps_the_recording(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("space")
        await ui.phase(Phase.LISTENING)
        await ui.press("q")
        await ui.screen(ConfirmDialog)
        assert "You are recording." in ui.text()
        await ui.press("n")
        await ui.screen(InterviewScreen)
        await ui.press("ctrl+q")
        await ui.screen(ConfirmDialog)
        await ui.press("y")
        await ui.until(lambda: not ui.app.is_running)
    assert runtime.fake_transcriber.closed > 0
    assert runtime.fake_speaker.closed > 0
    assert len(runtime.store.unfinished()) == 1


async def test_quitting_when_nothing_is_open_does_not_ask_and_ends_the_children(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("q")
        await ui.until(lambda: not ui.app.is_running)
    assert runtime.fake_transcriber.closed > 0


async def test_a_card_that_comes_while_a_dialog_is_open_waits_for_it(runtime: FakeRuntime) -> None:
    runtime.fake_transcriber.free.clear()
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("space")
        await ui.phase(Phase.LISTENING)
        await ui.press("space")
        await ui.shows("Writing down the last words…")
        await ui.press("escape")
        await ui.screen(ConfirmDialog)
        runtime.fake_transcriber.free.set()
        await ui.phase(Phase.SCORED)
        assert isinstance(ui.app.screen, ConfirmDialog)
        await ui.press("n")
        await ui.screen(CardScreen)


async def test_an_interview_left_while_an_answer_is_written_down_keeps_the_recording(runtime: FakeRuntime) -> None:
    runtime.fake_transcriber.free.clear()
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("space")
        await ui.phase(Phase.LISTENING)
        await ui.press("space")
        await ui.phase(Phase.TRANSCRIBING)
        await ui.press("escape")
        await ui.screen(ConfirmDialog)
        await ui.press("y")
        await ui.screen(SummaryScreen)
        await ui.shows("recorded, not scored yet")


async def test_a_countdown_is_shown_where_thinking_time_is_limited(tmp_path: Path) -> None:
    runtime = FakeRuntime(tmp_path, think=90)
    async with driving(runtime) as ui:
        await ui.start()
        await ui.shows("Recording starts in 1:")


async def test_no_question_of_the_kind_is_an_error_not_an_empty_screen(tmp_path: Path) -> None:
    runtime = FakeRuntime(tmp_path, questions=())
    async with driving(runtime) as ui:
        await ui.press("s")
        await ui.screen(ErrorDialog)
        await ui.press("escape")
        await ui.screen(HomeScreen)


async def test_an_unforeseen_error_is_shown(runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> tuple[Question, ...]:
        raise ValueError("broken [bold]")

    monkeypatch.setattr(runtime, "questions", broken)
    async with driving(runtime) as ui:
        await ui.press("s")
        await ui.screen(ErrorDialog)
        assert "ValueError: broken [bold]" in ui.text()


async def test_started_from_the_command_line_with_a_number_of_questions(runtime: FakeRuntime) -> None:
    app = MockintApp(runtime, None, Wishes(minutes=12, count=1))
    async with app.run_test() as pilot:
        assert await came(
            pilot, lambda: bool(runtime.practices) and runtime.practices[-1].state.phase is Phase.THINKING
        )
        assert runtime.wanted == Wishes(minutes=12, count=1)
        assert len(runtime.practices[-1].state.questions) == 1


async def test_markup_in_a_question_is_shown_as_written(tmp_path: Path) -> None:
    runtime = FakeRuntime(tmp_path, questions=(Question(text=f"What is {MARKUP}? ünïcode 日本 🙂", kind="technical"),))
    async with driving(runtime) as ui:
        await ui.start()
        assert f"What is {MARKUP}? ünïcode 日本 🙂" in ui.at("#question")
        await ui.press("space")
        await ui.phase(Phase.LISTENING)
        runtime.fake_transcriber.hear(0, MARKUP, partial=False)
        await ui.until(lambda: ui.at("#heard-words") == MARKUP)


LEVELS = (
    (None, "waiting for the microphone"),
    (Level(rms_dbfs=-20.0, peak=0.5, clipped=False), "good level"),
    (Level(rms_dbfs=-3.0, peak=1.0, clipped=True), "too loud"),
    (Level(rms_dbfs=-55.0, peak=0.01, clipped=False), "too quiet"),
    (Level(rms_dbfs=None, peak=0.0, clipped=False), "no sound"),
)


async def test_the_meter_says_in_words_what_it_shows(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        meter = ui.app.screen.query_one(Meter)
        for level, words in LEVELS:
            meter.reset()
            for _ in range(RATE_HZ * 3):
                meter.show(level)
            assert words in str(meter.content)


NOTHING = Level(rms_dbfs=None, peak=0.0, clipped=False)
NOISE = Level(rms_dbfs=-58.0, peak=0.005, clipped=False)


@pytest.mark.parametrize(("pause", "after_7_s"), [(NOTHING, "no sound"), (NOISE, "quiet now")])
async def test_the_meter_does_not_judge_a_pause(runtime: FakeRuntime, pause: Level, after_7_s: str) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        meter = ui.app.screen.query_one(Meter)
        words = []
        for level in (Level(rms_dbfs=-20.0, peak=0.5, clipped=False), *[pause] * (RATE_HZ * 7)):
            meter.show(level)
            words.append(str(meter.content).split("dBFS  ")[1])
        between_words, pausing = words[: RATE_HZ // 3], words[RATE_HZ : RATE_HZ * 5 - 1]
        assert set(between_words) == {"good level"} and set(pausing) == {"quiet now"}
        assert words[-1].startswith(after_7_s)


def with_interview(runtime: FakeRuntime, **changes: Any) -> None:
    """Other settings of the interview."""
    interview = msgspec.structs.replace(runtime.settings.interview, **changes)
    runtime.settings = msgspec.structs.replace(runtime.settings, interview=interview)


async def test_a_question_for_the_ears_is_shown_when_asked_for(runtime: FakeRuntime) -> None:
    with_interview(runtime, ears_only=True)
    async with driving(runtime) as ui:
        await ui.start()
        assert QUESTIONS[0].text not in ui.text()
        await ui.press("v")
        await ui.shows(QUESTIONS[0].text)


async def test_hints_come_on_demand(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("i")
        await ui.shows("Hint: Tell one episode")
        await ui.press("i")
        await ui.shows("Hint: One point is: how the risk was kept small.")


async def test_in_a_strict_interview_the_cards_come_at_the_end(runtime: FakeRuntime) -> None:
    with_interview(runtime, strict=True, follow_ups=0)
    async with driving(runtime) as ui:
        await ui.start()
        assert "Hint" not in ui.app.screen.query_one(KeyLine).render().plain
        await ui.press("space")
        await ui.phase(Phase.LISTENING)
        await ui.press("space")
        await ui.shows(QUESTIONS[1].text)
        await ui.phase(Phase.THINKING)
        await ui.press("n")
        await ui.screen(SummaryScreen)
        await ui.shows("structure")


async def test_a_long_silence_is_asked_about_and_the_take_goes_on(runtime: FakeRuntime) -> None:
    recorder = FakeRecorder()
    runtime.new_recorder = lambda: recorder
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("space")
        await ui.phase(Phase.LISTENING)
        recorder.on_event(PhraseOpened(number=0, start=1.0))
        recorder.on_event(PhraseClosed(number=0, start=1.0, end=20.0))
        await ui.shows("Still thinking?")  # the fake's clock stands at 42 s
        assert runtime.practices[-1].state.recording
        recorder.on_event(PhraseOpened(number=1, start=41.0))
        await ui.until(lambda: "Still thinking?" not in ui.text())


async def test_the_pace_is_shown_and_can_be_hidden(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("space")
        await ui.phase(Phase.LISTENING)
        words = tuple(Word(text="so", start=n * 0.6, end=n * 0.6 + 0.3, confidence=0.9) for n in range(20))
        assert runtime.fake_transcriber.on_words
        runtime.fake_transcriber.on_words(PhraseWords(phrase=0, partial=False, words=words))
        await ui.shows("103 words/min, slow")
        with_interview(runtime, show_pace=False)
        await ui.until(lambda: "words/min" not in ui.text())
