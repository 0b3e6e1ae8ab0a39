"""A session from the first word to the last, over fakes: by voice, by key, in every mode."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockint.commands.port import Command
from mockint.handsfree import Mode, Moment
from mockint.handsfree.floor import EAR, SPEAKING, Floor
from mockint.handsfree.moments import key_of
from tests.handsfree.travelling import (
    PATIENT,
    QUESTIONS,
    SAID,
    Candidate,
    Passenger,
    SlowPlayer,
    a_voice,
    silence,
    with_,
)


async def test_a_session_by_voice_alone(tmp_path: Path) -> None:
    async with Passenger(tmp_path).travelling() as one:
        await one.begin()
        assert one.said()[0] == "This is for passengers, not for drivers."
        await one.answer()
        await one.say(Moment.FEEDBACK, "next")
        await one.answer()
        await one.say(Moment.FEEDBACK, "next")
        await one.ended()
    assert sum("passengers" in text for text in one.said()) == 1
    record = one.store.load("latest")
    assert [attempt.attempt.question.id for attempt in record.attempts] == ["one", "two"]
    assert all(attempt.counting for attempt in record.attempts)
    assert record.session.finished is not None
    assert "You answered two of two questions." in one.said()


async def test_the_same_session_by_the_space_bar(tmp_path: Path) -> None:
    async with Passenger(tmp_path).travelling() as one:
        await one.press(Moment.OPENING, " ")
        for _ in QUESTIONS:
            await one.press(Moment.QUESTION, " ")
            await one.spoken()
            await one.press(Moment.ANSWER, " ")
            await one.press(Moment.FEEDBACK, " ")
        await one.ended()
    assert all(attempt.counting for attempt in one.store.load("latest").attempts)


async def test_left_alone_it_goes_on_by_itself(tmp_path: Path) -> None:
    settings = with_(PATIENT, ready_seconds=4, go_on_seconds=6, take_your_time_seconds=6, move_on_seconds=20)
    async with Passenger(tmp_path, settings=settings, questions=QUESTIONS[:1]).travelling() as one:
        await one.begin()
        one.clock.now += 5
        await one.listening(Moment.FEEDBACK)
        assert "Take your time, or say I'm done." in one.said()
        assert any("I take it that you have finished." in text for text in one.said())
        one.clock.now += 7
        await one.ended()
    (attempt,) = one.store.load("latest").attempts
    assert attempt.counting is not None


async def test_thinking_before_the_first_word_is_free(tmp_path: Path) -> None:
    """However long nothing is said, nothing is cut off; now and then one hears how to skip."""
    settings = with_(PATIENT, take_your_time_seconds=6, move_on_seconds=20, not_begun_seconds=20)
    passenger = Passenger(tmp_path, settings=settings, answers=lambda: Candidate(silence(1)))
    async with passenger.travelling() as one:
        await one.begin()
        await one.say(Moment.QUESTION, "I'm ready")
        await one.true(lambda: sum("pause, and then skip" in text for text in one.said()) >= 2)
        assert one.moment is Moment.ANSWER
        assert not any("Take your time" in text for text in one.said())


async def test_commands_are_left_out_of_the_answer(tmp_path: Path) -> None:
    async with Passenger(tmp_path).travelling() as one:
        await one.begin()
        left_out: list[tuple[float, float]] = []
        await one.say(Moment.QUESTION, "I'm ready")
        await one.spoken()
        capture = one.session.practice._capture
        assert capture is not None
        await one.say(Moment.ANSWER, "I'm done")
        await one.listening(Moment.FEEDBACK)
        left_out += capture._left_out
    assert len(left_out) == 1


async def test_before_the_answer(tmp_path: Path) -> None:
    async with Passenger(tmp_path).travelling() as one:
        await one.begin()
        for text, expected in (
            ("hint", "Say what it is, how it works"),
            ("model answer", "prepares what a test needs"),
            ("how did I do", "There is no answer yet."),
            ("what did I miss", "There is no answer yet."),
            ("play my answer", "There is no answer yet."),
            ("mark this", "arked"),
            ("what can I say", "ou can say: I'm ready; repeat;"),
            ("pause", "Say resume"),
        ):
            count = len(one.said())
            await one.say(Moment.QUESTION, text)
            await one.true(lambda expected=expected, count=count: any(expected in said for said in one.since(count)))
        await one.say(Moment.PAUSED, "resume")
        for text in ("repeat", "again", "slower", "faster"):
            asked = one.speaker.spoken.count("What is a fixture?")
            await one.say(Moment.QUESTION, text)
            await one.true(lambda asked=asked: one.speaker.spoken.count("What is a fixture?") > asked)
        await one.say(Moment.QUESTION, "skip")
        await one.true(lambda: any("conflict" in text for text in one.speaker.spoken))
        await one.say(Moment.QUESTION, "next")
        await one.ended()
    record = one.store.load("latest")
    assert [attempt.attempt.skipped for attempt in record.attempts] == [True, True]
    assert record.session.star and "Marked: question 1, What is a fixture?" in record.session.notes


async def test_after_the_answer(tmp_path: Path) -> None:
    async with Passenger(tmp_path).travelling() as one:
        await one.begin()
        await one.answer()
        for text, expected in (
            ("how did I do", "What it covers:"),
            ("what did I miss", "shared by several tests"),
            ("model answer", "prepares what a test needs"),
            ("mark this", "arked"),
            ("slower", "low"),
            ("faster", "aster"),
            ("what can I say", "ou can say: I'm ready; repeat;"),
            ("pause", "Say resume"),
        ):
            count = len(one.said())
            await one.say(Moment.FEEDBACK, text)
            await one.true(lambda expected=expected, count=count: any(expected in said for said in one.since(count)))
        await one.say(Moment.PAUSED, "resume")
        said = one.said()[-1]
        count = len(one.said())
        await one.say(Moment.FEEDBACK, "repeat")
        await one.true(lambda: one.since(count) == [said])
        await one.say(Moment.FEEDBACK, "play my answer")
        await one.listening(Moment.FEEDBACK)
        await one.say(Moment.FEEDBACK, "again")
        await one.spoken()
        await one.say(Moment.ANSWER, "I'm done")
        await one.listening(Moment.FEEDBACK)
    (attempt, *_) = one.store.load("latest").attempts
    assert [take.number for take in attempt.takes] == [1, 2]
    assert one.player.played and any(path.name == "answer.wav" for path, *_ in one.player.played)  # type: ignore[attr-defined]


@pytest.mark.parametrize("way", ["voice", "key"])
async def test_in_an_answer(tmp_path: Path, way: str) -> None:
    """Only three things can be said; what is said while it stands still is on no disk."""
    async with Passenger(tmp_path).travelling() as one:
        await one.begin()
        await one.say(Moment.QUESTION, "I'm ready")
        await one.spoken()
        await one.say(Moment.ANSWER, "hint")  # an ordinary word there
        assert one.understander.asked[-1][1] == {Command.DONE, Command.PAUSE, Command.STOP}
        await _do(one, way, Moment.ANSWER, Command.PAUSE)
        await one.listening(Moment.PAUSED_ANSWER)
        written = one.session.practice.elapsed_s
        assert one.floor is Floor.HELD
        await _do(one, way, Moment.PAUSED_ANSWER, Command.WHAT_CAN_I_SAY)
        await one.true(
            lambda: any("I'm done; skip; again; resume; stop" in s or "resume" in s for s in one.said()[-1:])
        )
        assert one.session.practice.elapsed_s == written
        await _do(one, way, Moment.PAUSED_ANSWER, Command.RESUME)
        await one.true(lambda: one.session.practice.elapsed_s > written)
        await _do(one, way, Moment.ANSWER, Command.STOP)
        await _do(one, way, Moment.CONFIRM, Command.NO)
        await _do(one, way, Moment.ANSWER, Command.DONE)
        await one.listening(Moment.FEEDBACK)


async def _do(one: Passenger, way: str, moment: Moment, command: Command) -> None:
    if way == "voice":
        await one.say(moment, command.value)
    else:
        await one.press(moment, key_of(command))


async def test_stopping_is_asked_about_and_silence_is_no(tmp_path: Path) -> None:
    async with Passenger(tmp_path).travelling() as one:
        await one.begin()
        await one.say(Moment.QUESTION, "stop")
        await one.listening(Moment.CONFIRM)
        assert one.said()[-1] == "Say yes to stop."
        one.clock.now += 9
        await one.listening(Moment.QUESTION)
        assert any("we go on" in text for text in one.said())
        await one.say(Moment.QUESTION, "stop")
        await one.say(Moment.CONFIRM, "yes")
        await one.ended()
    assert one.store.load("latest").session.finished is not None


async def test_stopped_in_an_answer_it_is_kept_and_scored(tmp_path: Path) -> None:
    async with Passenger(tmp_path).travelling() as one:
        await one.begin()
        await one.say(Moment.QUESTION, "I'm ready")
        await one.spoken()
        await one.say(Moment.ANSWER, "stop")
        await one.say(Moment.CONFIRM, "yes")
        await one.ended()
    assert one.store.load("latest").attempts[0].counting is not None
    assert not one.store.unfinished()


async def test_an_answer_begun_is_thrown_away_only_after_a_yes(tmp_path: Path) -> None:
    async with Passenger(tmp_path).travelling() as one:
        await one.begin()
        await one.say(Moment.QUESTION, "I'm ready")
        await one.spoken()
        await one.press(Moment.ANSWER, "k")
        await one.press(Moment.CONFIRM, " ")
        await one.listening(Moment.ANSWER)
        await one.press(Moment.ANSWER, "a")
        await one.press(Moment.CONFIRM, "y")
        await one.spoken()  # at once anew
        await one.press(Moment.ANSWER, "k")
        await one.press(Moment.CONFIRM, "y")
        await one.listening(Moment.QUESTION)
        assert one.session.practice.state.index == 1
    first, _ = one.store.load("latest").attempts
    assert first.attempt.skipped and first.takes == ()


async def test_after_two_that_were_not_understood_one_hears_what_can_be_said(tmp_path: Path) -> None:
    async with Passenger(tmp_path).travelling() as one:
        await one.begin()
        await one.say(Moment.QUESTION, "mumble")
        await one.listening(Moment.QUESTION)
        assert not any("ou can say" in text for text in one.said())
        await one.say(Moment.QUESTION, "mumble")
        await one.true(lambda: any("ou can say" in text for text in one.said()))


async def test_without_headphones_nothing_is_heard_while_mockint_speaks(tmp_path: Path) -> None:
    player = SlowPlayer()
    async with Passenger(tmp_path, player=player).travelling() as one:
        await one.true(lambda: player.playing)
        assert one.floor is Floor.APP and not one.ear.open
        one.session.press(" ")  # keys interrupt always
        await one.true(lambda: any("quiet for a moment" in text for text in one.said()))


async def test_with_headphones_a_word_interrupts(tmp_path: Path) -> None:
    player = SlowPlayer()
    async with Passenger(tmp_path, player=player, headphones=True).travelling() as one:
        await one.true(lambda: player.playing and one.ear.open)
        assert one.floor is Floor.APP_HEARING
        one.ear.hear("next")
        await one.true(lambda: any("quiet for a moment" in text for text in one.said()))


async def test_the_ear_is_open_only_where_the_floor_says_so(tmp_path: Path) -> None:
    """Looked at whenever anything is told or heard."""
    one = Passenger(tmp_path)
    wrong: list[Floor] = []

    def look(told: object) -> None:
        if one.ear.open and one.floor not in EAR:
            wrong.append(one.floor)
        if one.floor in SPEAKING and one.session.practice.state.recording:
            wrong.append(one.floor)

    one.session.stage._emit = look
    async with one.travelling():
        await one.listening(Moment.OPENING)
        one.ear.hear("I'm ready")
        await one.listening(Moment.QUESTION)
    assert not wrong


async def test_a_system_that_may_fall_asleep_is_told_of(tmp_path: Path) -> None:
    async with Passenger(tmp_path, refuses="no bus").travelling() as one:
        await one.listening(Moment.OPENING)
        assert any("does not fall asleep" in text for text in one.said())


async def test_sleep_is_let_go_at_the_end(tmp_path: Path) -> None:
    async with Passenger(tmp_path).travelling() as one:
        await one.listening(Moment.OPENING)
        assert one.awake.held
    assert not one.awake.held


async def test_when_the_time_is_up_no_question_is_begun(tmp_path: Path) -> None:
    async with Passenger(tmp_path, minutes=5).travelling() as one:
        await one.begin()
        await one.answer()
        one.clock.now += 400
        await one.say(Moment.FEEDBACK, "next")
        await one.ended()
    assert len(one.store.load("latest").attempts) == 1
    assert "The time is up." in one.said()


async def test_a_drill_reads_the_points_at_once(tmp_path: Path) -> None:
    async with Passenger(tmp_path, mode=Mode.DRILL).travelling() as one:
        await one.begin()
        await one.answer()
        assert "Shared by several tests." in one.said()
        assert not any(text.startswith(("Next time:", "One thing")) for text in one.said())


async def test_a_review_reads_the_points_of_what_is_skipped(tmp_path: Path) -> None:
    async with Passenger(tmp_path, mode=Mode.REVIEW).travelling() as one:
        await one.begin()
        await one.say(Moment.QUESTION, "skip")
        await one.true(lambda: "Shared by several tests." in one.said())


async def test_a_follow_up_is_asked_and_can_be_passed_over(tmp_path: Path) -> None:
    question = QUESTIONS[0]
    one = Passenger(tmp_path, follow_ups=2, questions=(question,), said="A fixture sets up and tears down.")
    async with one.travelling():
        await one.begin()
        await one.answer()
        last = one.session.practice.last_card
        assert last is not None and last.follow_up is not None
        await one.say(Moment.FEEDBACK, "I'm ready")
        await one.listening(Moment.QUESTION)
        assert last.follow_up.prompt in one.speaker.spoken
        await one.say(Moment.QUESTION, "skip")
        await one.ended()
    assert len(one.store.load("latest").attempts[0].takes) == 1


async def test_asleep_in_an_answer(tmp_path: Path) -> None:
    async with Passenger(tmp_path).travelling() as one:
        await one.begin()
        await one.say(Moment.QUESTION, "I'm ready")
        await one.spoken()
        one.time_of_day.now += 3600
        await one.listening(Moment.PAUSED_ANSWER)
        assert any("was asleep" in text for text in one.said())
        await one.say(Moment.PAUSED_ANSWER, "resume")
        await one.say(Moment.ANSWER, "I'm done")
        await one.listening(Moment.FEEDBACK)


async def test_a_microphone_lost_in_an_answer_costs_nothing(tmp_path: Path) -> None:
    spoken = a_voice()
    lost = [True, False]
    one = Passenger(tmp_path, questions=QUESTIONS[:1], answers=lambda: Candidate(spoken, lost=lost.pop(0)), said=SAID)
    async with one.travelling():
        await one.begin()
        await one.say(Moment.QUESTION, "I'm ready")
        await one.listening(Moment.LOST)
        assert any("is kept" in text for text in one.said())
        await one.say(Moment.LOST, "resume")
        await one.answer()
        await one.say(Moment.FEEDBACK, "next")
        await one.ended()
    (attempt,) = one.store.load("latest").attempts
    first, second = attempt.takes
    assert second.take.follow_up_of == first.number
    assert second.transcript is not None and second.transcript.joins, "both are scored as one answer"


@pytest.mark.parametrize("way", ["voice", "key"])
async def test_an_answer_ended_too_soon_is_gone_on_with(tmp_path: Path, way: str) -> None:
    """A piece of an answer that was taken for "I'm done" costs nothing: what follows is scored together with it."""
    async with Passenger(tmp_path, questions=QUESTIONS[:1]).travelling() as one:
        await one.begin()
        await one.answer()
        await _do(one, way, Moment.FEEDBACK, Command.RESUME)
        await one.spoken()  # recorded at once, without a word between
        await one.say(Moment.ANSWER, "I'm done")
        await one.listening(Moment.FEEDBACK)
        await one.say(Moment.FEEDBACK, "next")
        await one.ended()
    assert any("too soon, say resume" in text for text in one.said())
    (attempt,) = one.store.load("latest").attempts
    first, second = attempt.takes
    assert first.transcript is not None and second.take.follow_up_of == first.number
    assert second.transcript is not None and second.transcript.joins, "both are scored as one answer"


async def test_the_ear_is_lost_and_back(tmp_path: Path) -> None:
    async with Passenger(tmp_path).travelling() as one:
        await one.begin()
        one.ear.lose()
        await one.listening(Moment.LOST)
        await one.say(Moment.LOST, "resume")
        await one.listening(Moment.QUESTION)
