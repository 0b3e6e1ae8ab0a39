"""One interview over fakes that are true to their ports: real files, real states, no devices."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from mockint import config
from mockint.audio.condition import how_to_allow
from mockint.audio.fake import SilentPlayer
from mockint.audio.file_adapter import FileRecorder
from mockint.audio.port import Recorder
from mockint.config import InterviewSettings, Settings
from mockint.errors import EngineFailed, NoMicrophone, NoVoice
from mockint.interview import Phase
from mockint.model import Finding, KeyPoint, Question
from mockint.practice import CardImproved, CardReady, HintGiven, Notice, PhaseChanged, Ports, Practice, Update
from mockint.runtime import Runtime
from mockint.sessions import SessionStore
from mockint.speech.fake import ToneSpeaker
from mockint.transcribe.draft_first import DraftFirst
from mockint.transcribe.fake import ScriptedTranscriber
from tests.audio.signals import vowel
from tests.support.wait import until

QUESTIONS = (
    Question(
        id="one", text="What is a fixture?", kind="technical", key_points=(KeyPoint(text="sets up and tears down"),)
    ),
    Question(id="two", text="Tell me about a conflict.", kind="behavioural", expects="story"),
)


class Interview:
    """A practice over fakes, and everything it has said."""

    def __init__(
        self,
        folder: Path,
        pace: float | None = None,
        settings: Settings | None = None,
        questions: tuple[Question, ...] = QUESTIONS,
        **changes: Any,
    ) -> None:
        self.questions = questions
        self.updates: list[Update] = []
        self.store = SessionStore(folder / "sessions")
        self.player = SilentPlayer()
        self.answer_file = voice(folder / "voice.wav")
        self.ports = Ports(
            speaker=ToneSpeaker(),
            player=self.player,
            transcriber=ScriptedTranscriber("A fixture sets up and tears down what a test needs."),
            new_recorder=lambda _: FileRecorder(self.answer_file, pace),
        )
        self.ports = replace(self.ports, **changes)
        self.settings = settings or Settings()

    def practice(self) -> Practice:
        return Practice(
            ports=self.ports,
            store=self.store,
            settings=self.settings,
            questions=self.questions,
            job=None,
            emit=self.updates.append,
        )

    def phases(self) -> list[Phase]:
        return [u.state.phase for u in self.updates if isinstance(u, PhaseChanged)]

    def notices(self) -> list[str]:
        return [u.message for u in self.updates if isinstance(u, Notice)]


def voice(path: Path, seconds: float = 3.0) -> Path:
    """Something voice activity takes for a voice."""
    soundfile.write(path, vowel(seconds), 16_000)
    return path


@pytest.fixture
async def interview(tmp_path: Path) -> AsyncIterator[Callable[..., tuple[Interview, Practice]]]:
    made: list[Practice] = []

    def make(**changes: Any) -> tuple[Interview, Practice]:
        one = Interview(tmp_path, **changes)
        made.append(one.practice())
        return one, made[-1]

    yield make
    for practice in made:
        await practice.close()


Make = Callable[..., tuple[Interview, Practice]]


def phase(practice: Practice) -> Phase:
    return practice.state.phase


async def asked(practice: Practice) -> None:
    """Let the question be spoken to its end (the player is silent, so soon)."""
    await until(lambda: not practice.state.speaking)


async def test_a_session_from_question_to_summary(interview: Make) -> None:
    one, practice = interview()
    await practice.begin()
    await asked(practice)
    await practice.answer()
    assert phase(practice) is Phase.LISTENING
    await practice.source_ended()
    ready = one.updates[-1]
    assert isinstance(ready, CardReady)
    assert ready.card.coverage.share is not None and ready.card.coverage.share > 0.5
    await practice.next()
    await asked(practice)
    await practice.skip()

    assert one.phases() == [
        Phase.ASKING, Phase.THINKING, Phase.LISTENING, Phase.TRANSCRIBING, Phase.SCORED,
        Phase.ASKING, Phase.THINKING, Phase.SUMMARY,
    ]  # fmt: skip
    record = one.store.load("latest")
    assert record.session.finished is not None
    first, second = record.attempts
    assert first.counting is not None and first.counting.audio is not None
    assert (Path(first.counting.path) / "question.wav").stat().st_size > 1000
    assert second.attempt.skipped


async def test_the_recogniser_is_told_what_each_question_is_about(interview: Make) -> None:
    one, practice = interview()
    await practice.begin()
    transcriber = one.ports.transcriber
    assert isinstance(transcriber, ScriptedTranscriber)
    await until(lambda: transcriber.terms == ("sets up and tears down", "What is a fixture?"))
    await asked(practice)
    await practice.skip()
    await until(lambda: transcriber.terms == ("Tell me about a conflict.",))


async def test_answering_cuts_the_question_short_and_nothing_is_recorded_while_speaking(interview: Make) -> None:
    class Endless(SilentPlayer):
        async def play(self, path: Path, start: float = 0.0, end: float | None = None, **_: object) -> None:
            await asyncio.Event().wait()

    one, practice = interview(player=Endless())
    await practice.begin()
    await practice.answer()
    assert one.phases() == [Phase.ASKING, Phase.THINKING, Phase.LISTENING]


async def test_without_a_microphone_typing_is_offered_at_once(interview: Make) -> None:
    class Deaf(FileRecorder):
        def start(self, path: Path, on_event: object, on_piece: object = None) -> None:
            raise NoMicrophone("No microphone was found.", "Connect one.")

    one, practice = interview(new_recorder=lambda _: Deaf(Path("none.wav")))
    await practice.begin()
    await practice.answer()
    assert phase(practice) is Phase.TYPING
    assert "type your answer" in one.notices()[-1]
    await practice.submit("A fixture sets up and tears down what a test needs.")
    assert phase(practice) is Phase.SCORED
    take = one.store.load("latest").attempts[0].counting
    assert take is not None and take.number == 1 and take.take.source == "typed"
    assert take.card is not None and take.card.delivery.reason == "typed"


async def test_without_a_voice_the_question_is_shown(interview: Make) -> None:
    class Mute(ToneSpeaker):
        async def synthesise(self, text: str, *, rate: int | None = None) -> Path:
            raise NoVoice("No voice works here.", "Install one.")

    one, practice = interview(speaker=Mute())
    await practice.begin()
    await asked(practice)
    assert phase(practice) is Phase.THINKING
    assert "shown instead" in one.notices()[-1]


async def test_when_the_recogniser_fails_the_recording_is_kept_and_offered(interview: Make) -> None:
    failure = EngineFailed("The recogniser gave up.", "Try again.")
    one, practice = interview(transcriber=ScriptedTranscriber("x", failure=failure))
    await practice.begin()
    await practice.answer()
    await practice.source_ended()
    assert phase(practice) is Phase.THINKING
    assert "safe" in one.notices()[-1]
    await practice.close()
    (take,) = one.store.unfinished()
    assert take.question == QUESTIONS[0] and take.seconds > 2.5


async def test_discarding_leaves_nothing_and_a_new_take_starts(interview: Make) -> None:
    one, practice = interview(pace=1.0)
    await practice.begin()
    await practice.answer()
    await practice.discard()
    assert phase(practice) is Phase.THINKING
    assert one.store.load("latest").attempts[0].takes == ()


async def test_a_retry_is_a_second_take(interview: Make) -> None:
    one, practice = interview()
    await practice.begin()
    for _ in range(2):
        await practice.answer()
        await practice.source_ended()
        await practice.retry()
    assert [take.number for take in one.store.load("latest").attempts[0].takes] == [1, 2]


async def test_leaving_while_recording_keeps_the_recording(interview: Make) -> None:
    one, practice = interview(pace=1.0)
    await practice.begin()
    await practice.answer()
    await until(lambda: practice.elapsed_s >= 0.2)
    await practice.close()
    assert phase(practice) is Phase.SUMMARY
    assert one.store.unfinished()[0].seconds >= 0.2


async def test_a_countdown_starts_the_answer(interview: Make) -> None:
    one, practice = interview(settings=Settings(interview=InterviewSettings(think_seconds=1)))
    await practice.begin()
    await until(lambda: Phase.LISTENING in one.phases())


async def test_a_finding_plays_the_moment_it_came_from(interview: Make) -> None:
    one, practice = interview()
    await practice.begin()
    await practice.answer()
    await practice.source_ended()
    one.player.played.clear()
    await practice.play(Finding(rule="r", message="m", start_s=1.0, end_s=1.5))
    await until(lambda: bool(one.player.played))
    assert one.player.played[-1] == (practice.last_card.take.audio if practice.last_card else None, 1.0, 1.5)


async def test_keys_that_make_no_sense_now_do_nothing(interview: Make) -> None:
    one, practice = interview()
    await practice.stop()
    await practice.begin()
    await practice.begin()
    await practice.stop()
    await practice.retry()
    await practice.submit("x")
    assert one.phases() == [Phase.ASKING]


def test_recorders_fit_the_port() -> None:
    recorder: Recorder = FileRecorder(Path("x.wav"))
    assert recorder.level is None
    assert config.Settings().interview.headphones is False


def zeros(path: Path, seconds: float = 4.0) -> Path:
    soundfile.write(path, np.zeros(int(16_000 * seconds), np.int16), 16_000)
    return path


async def test_exact_zeros_are_told_while_recording_and_are_not_scored_as_silence(
    interview: Make, tmp_path: Path
) -> None:
    withheld = FileRecorder(zeros(tmp_path / "zeros.wav"))
    one, practice = interview(new_recorder=lambda _: withheld)
    await practice.begin()
    await practice.answer()
    await practice.source_ended()
    told = one.updates.index(next(u for u in one.updates if isinstance(u, Notice) and "exact zeros" in u.message))
    scored = next(n for n, u in enumerate(one.updates) if isinstance(u, PhaseChanged) and u.state.phase is Phase.SCORED)
    assert told < scored
    ready = one.updates[-1]
    assert isinstance(ready, CardReady)
    assert ready.card.transcript_quality.status == "unusable"
    assert "withholding the microphone" in ready.card.transcript_quality.reasons[0]
    assert how_to_allow() in ready.card.transcript_quality.reasons[0]
    assert ready.card.coverage.level is ready.card.delivery.level is None
    assert "exact zeros" in (ready.card.coverage.reason or "")
    assert ready.transcript.sound[0].kind == "withheld"


async def test_a_nearly_full_disk_is_told_before_the_first_question(
    interview: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, practice = interview()
    monkeypatch.setattr(SessionStore, "room_s", lambda self: 150.0)
    await practice.begin()
    told = [u for u in one.updates if isinstance(u, Notice)]
    assert isinstance(one.updates[0], Notice)
    assert "room for 2 minutes" in told[0].message
    assert "Free some space" in told[0].hint


async def improving(interview: Make, **options: Any) -> tuple[Interview, Practice, ScriptedTranscriber]:
    """An answer scored from a draft, with the better transcript still to come."""
    good = ScriptedTranscriber("A fixture sets up, and tears down again.", **options)
    good.free.clear()
    draft = ScriptedTranscriber("a fixture sets up and teas down", draft=True)
    one, practice = interview(transcriber=DraftFirst(draft, good))
    await practice.begin()
    await asked(practice)
    await practice.answer()
    await practice.source_ended()
    assert phase(practice) is Phase.SCORED
    return one, practice, good


async def test_a_draft_is_scored_at_once_and_replaced_later(interview: Make) -> None:
    one, practice, good = await improving(interview)
    ready = one.updates[-1]
    assert isinstance(ready, CardReady)
    assert ready.transcript.draft
    assert practice.improving
    await practice.next()
    good.free.set()
    await practice.improved()
    (improved,) = (update for update in one.updates if isinstance(update, CardImproved))
    assert improved.ready.take == ready.take
    assert improved.ready.transcript.text == "A fixture sets up, and tears down again."
    assert improved.ready.question == QUESTIONS[0]  # though the interview has gone on
    assert practice.last_card == improved.ready
    take = one.store.load("latest").attempts[0].counting
    assert take is not None and take.transcript == improved.ready.transcript and take.card == improved.ready.card
    assert sorted(file.name for file in ready.take.path.glob("*-[0-9].json")) == [
        "card-1.json", "card-2.json", "transcript-1.json", "transcript-2.json",
    ]  # fmt: skip


async def test_the_draft_stays_where_the_better_transcript_fails(interview: Make) -> None:
    one, practice, good = await improving(interview, failure=EngineFailed("The weights are damaged.", "Get others."))
    good.free.set()
    await practice.improved()
    assert one.notices() == ["The weights are damaged. The draft transcript stays."]
    take = one.store.load("latest").attempts[0].counting
    assert take is not None and take.transcript is not None and take.transcript.draft


async def test_a_better_transcript_of_an_older_take_does_not_make_that_count_again(interview: Make) -> None:
    one, practice, good = await improving(interview)
    await practice.retry()
    await asked(practice)
    await practice.answer()
    await practice.source_ended()
    good.free.set()
    await practice.improved()
    attempt = one.store.load("latest").attempts[0]
    assert [take.transcript.draft for take in attempt.takes if take.transcript] == [False, False]
    assert attempt.attempt.counts == 2


@pytest.mark.parametrize("leave", [Practice.close, Practice.finish])
async def test_leaving_does_not_wait_for_better_transcripts(
    interview: Make, leave: Callable[[Practice], Coroutine[Any, Any, None]]
) -> None:
    one, practice, _ = await improving(interview)
    await leave(practice)
    practice.keep_drafts()
    await practice.improved()
    assert not practice.improving
    assert not one.notices()
    take = one.store.load("latest").attempts[0].counting
    assert take is not None and take.card is not None


async def test_what_the_user_corrected_is_not_replaced_by_any_recogniser(interview: Make) -> None:
    one, practice, good = await improving(interview)
    scored = await practice.correct("A fixture sets up and tears down.")
    assert practice.last_card is not None and practice.last_card.transcript == scored.transcript
    assert scored.card.coverage.points[0].status == "explained"
    good.free.set()
    await practice.improved()
    assert not any(isinstance(update, CardImproved) for update in one.updates)
    take = one.store.load("latest").attempts[0].takes[0]
    assert (take.transcript, take.card) == (scored.transcript, scored.card)


MISSING = Question(
    id="cache",
    text="How do you keep a cache correct?",
    kind="technical",
    key_points=(KeyPoint(text="writes invalidate the entry", weight=2), KeyPoint(text="sets up and tears down")),
)


async def answered(practice: Practice) -> CardReady:
    """Speak an answer to what is asked, and wait for its card."""
    await asked(practice)
    await practice.answer()
    await practice.source_ended()
    assert practice.last_card
    return practice.last_card


async def test_a_follow_up_is_asked_and_its_answer_counts_together_with_the_first(interview: Make) -> None:
    transcriber = ScriptedTranscriber("A fixture sets up and tears down what a test needs.")
    one, practice = interview(questions=(MISSING,), transcriber=transcriber)
    await practice.begin()
    first = await answered(practice)
    assert first.follow_up and "writes invalidate the entry" in first.follow_up.prompt
    await practice.follow_up()
    assert practice.state.prompt == first.follow_up.prompt
    transcriber.script = "Writes invalidate the entry, so nobody reads what is old."
    both = await answered(practice)
    assert {point.status for point in both.card.coverage.points} == {"explained"}
    assert [part.take for part in both.transcript.joins] == [1, 2]
    assert both.follow_up is None

    (attempt,) = one.store.load("latest").attempts
    first_take, second_take = attempt.takes
    assert (second_take.take.follow_up_of, second_take.take.prompt) == (1, first.follow_up.prompt)
    assert attempt.attempt.counts == 2 and second_take.transcript == both.transcript
    assert first_take.card == first.card

    late = both.card.coverage.points[0].findings[0]
    await practice.play(late)
    await until(lambda: one.player.played[-1][0] == Path(second_take.path) / "answer.wav")


async def test_beside_an_answer_lies_what_was_asked_before_it(interview: Make) -> None:
    class LosesItsVoice(ToneSpeaker):
        async def synthesise(self, text: str, *, rate: int | None = None) -> Path:
            if self.spoken:
                raise NoVoice("No voice works here.", "Install one.")
            return await super().synthesise(text, rate=rate)

    one, practice = interview(questions=(MISSING,), speaker=LosesItsVoice())
    await practice.begin()
    await answered(practice)
    await practice.follow_up()
    await answered(practice)
    first, second = (Path(take.path) for take in one.store.load("latest").attempts[0].takes)
    assert (first / "question.wav").exists() and not (second / "question.wav").exists()


async def test_a_follow_up_passed_over_leads_back_to_the_card(interview: Make) -> None:
    one, practice = interview(questions=(MISSING,))
    await practice.begin()
    first = await answered(practice)
    await practice.follow_up()
    await asked(practice)
    await practice.skip()
    assert phase(practice) is Phase.SCORED
    ready = [update for update in one.updates if isinstance(update, CardReady)]
    assert ready[-1].card == first.card and ready[-1].follow_up is None
    assert not one.store.load("latest").attempts[0].attempt.skipped


async def test_follow_ups_can_be_switched_off(interview: Make) -> None:
    _, practice = interview(questions=(MISSING,), settings=Settings(interview=InterviewSettings(follow_ups=0)))
    await practice.begin()
    assert (await answered(practice)).follow_up is None


STRICT = Settings(interview=InterviewSettings(strict=True, think_seconds=60))


async def test_a_strict_interview_goes_on_by_itself_and_gives_neither_repeats_nor_hints(interview: Make) -> None:
    one, practice = interview(questions=(MISSING, QUESTIONS[1]), settings=STRICT)
    await practice.begin()
    await asked(practice)
    await practice.repeat()
    await practice.hint()
    assert phase(practice) is Phase.THINKING and not any(isinstance(u, HintGiven) for u in one.updates)
    await answered(practice)
    await until(lambda: bool(practice.state.prompt))  # the follow-up is asked at once
    await answered(practice)
    await until(lambda: practice.state.index == 1)
    await answered(practice)
    await until(lambda: bool(practice.state.prompt))
    await asked(practice)
    await practice.skip()
    assert phase(practice) is Phase.SUMMARY


async def test_hints_come_one_by_one_and_are_noted_with_the_answer(interview: Make) -> None:
    one, practice = interview(questions=(MISSING,))
    await practice.begin()
    await asked(practice)
    for _ in range(4):
        await practice.hint()
    given = [(update.text, update.left) for update in one.updates if isinstance(update, HintGiven)]
    assert [left for _, left in given] == [2, 1, 0, 0]
    assert given[-1][0] == "One point is: writes invalidate the entry."
    await answered(practice)
    assert one.store.load("latest").attempts[0].takes[0].take.hints == 3


async def test_what_is_handed_in_takes_the_place_of_its_draft(interview: Make) -> None:
    one, practice = interview()
    await practice.begin()
    await asked(practice)
    await practice.type_instead()
    await practice.keep_typed("It sets up")
    await practice.keep_typed("It sets up and tears down what a test needs.")
    await practice.submit("It sets up and tears down what a test needs, also when it fails.")
    assert phase(practice) is Phase.SCORED
    (attempt,) = one.store.load("latest").attempts
    assert [kept.number for kept in attempt.takes] == [1]
    assert not (Path(attempt.takes[0].path) / "answer.txt").exists()


async def test_what_was_typed_and_discarded_leaves_nothing(interview: Make) -> None:
    one, practice = interview()
    await practice.begin()
    for leave in (practice.discard, practice.skip):
        await asked(practice)
        await practice.type_instead()
        await practice.keep_typed("Hm.")
        await leave()
    assert [attempt.takes for attempt in one.store.load("latest").attempts] == [(), ()]


async def test_a_typed_answer_that_was_interrupted_is_offered_and_scored(interview: Make) -> None:
    one, practice = interview()
    await practice.begin()
    await asked(practice)
    await practice.type_instead()
    await practice.keep_typed("It sets up and tears down what a test needs.")
    await practice.close()
    (take,) = one.store.unfinished()
    runtime = Runtime(Settings())
    runtime.store = one.store
    card = await runtime.rescue(take)
    assert card.coverage.level is not None and one.store.unfinished() == []
