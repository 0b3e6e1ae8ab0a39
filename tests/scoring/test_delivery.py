import pytest

from mockint.config import ScoringSettings
from mockint.model import Delivery, Filler, Transcript, Word, typed_transcript
from mockint.scoring import rules, score
from tests.scoring.samples import FULL_STORY, STORY, spoken

PLAIN = ["we", "moved", "the", "old", "report", "to", "a", "new", "server"]
TWICE = f"{FULL_STORY} {FULL_STORY}"


def of(transcript: Transcript) -> Delivery:
    return score(STORY, transcript).delivery


def um(at: float) -> Filler:
    return Filler(text="um", start=at, end=at + 0.3, confidence=0.8, source="sound")


def steady(count: int, rate: float, start: float = 0.0) -> tuple[Word, ...]:
    """Words without gaps at `rate` per minute."""
    each = 60 / rate
    return tuple(
        Word(text=PLAIN[i % len(PLAIN)], start=start + i * each, end=start + (i + 1) * each, confidence=0.9)
        for i in range(count)
    )


def heard(words: tuple[Word, ...], fillers: tuple[Filler, ...] | None = ()) -> Transcript:
    return Transcript(engine="test", duration_s=words[-1].end, words=words, fillers=fillers)


def test_typed_answers_have_no_delivery() -> None:
    said = of(typed_transcript(FULL_STORY))
    assert (said.level, said.reason, said.words_per_minute) == (None, "typed", None)


@pytest.mark.parametrize(("rate", "level"), [(100, 4), (115, 5), (150, 5), (188, 5), (200, 5), (230, 4)])
def test_pace_bands(rate: float, level: int) -> None:
    said = of(heard(steady(int(rate), rate)))
    assert said.words_per_minute == pytest.approx(rate, abs=0.1)
    assert said.level == level


def test_pace_is_over_speech_time_and_um_is_no_word() -> None:
    words = steady(30, 150)
    later = steady(30, 150, start=words[-1].end + 2.5)
    hum = Word(text="um", start=words[-1].end, end=words[-1].end + 0.4, confidence=0.9)
    said = of(heard((*words, hum, *later)))
    assert said.words_per_minute == pytest.approx(60 * 60 / 24.4, abs=0.1)


def test_a_fast_stretch_of_a_window_counts_though_the_mean_is_moderate() -> None:
    slow = steady(30, 120)
    fast = steady(60, 240, start=slow[-1].end)
    said = of(heard((*slow, *fast)))
    assert [window.words_per_minute for window in said.pace] == [120.0, 240.0]
    assert said.level == 4


def test_pauses_have_kinds_and_the_first_is_free() -> None:
    words = [*steady(20, 150, start=4.0)]
    words += steady(20, 150, start=words[-1].end + 3.5)
    said = of(heard(tuple(words)))
    assert [pause.kind for pause in said.pauses] == ["thinking", "long"]
    assert said.thinking_s == 4.0
    assert said.level == 4
    assert said.pauses_source == "words"


def test_the_number_of_pauses_is_never_scored() -> None:
    many = spoken(TWICE, gap_s=0.3, sentence_gap_s=1.0)
    assert len(of(many).pauses) > 100
    assert of(many).level == 5


def test_speech_regions_win_over_word_gaps() -> None:
    said = of(spoken(TWICE, measured=True))
    assert said.pauses_source == "speech"
    assert [pause.kind for pause in said.pauses] == ["thinking"]
    assert said.speaking_share == 1.0


def test_fillers_are_counted_with_the_words_around_them() -> None:
    words = steady(100, 150)
    said = of(heard(words, tuple(um(i * 4.0 + 0.1) for i in range(6))))
    assert said.fillers is not None
    assert (said.fillers.count, said.fillers.per_100_words) == (6, 6.0)
    assert said.level == 4
    found = said.fillers.findings[1]
    assert (found.start_s, found.quote) == (4.1, "server we moved the old report")


def test_without_listening_for_fillers_nothing_is_said_of_them_and_5_is_out_of_reach() -> None:
    said = of(heard(steady(100, 150), None))
    assert said.fillers is None
    assert said.level == 4


@pytest.mark.parametrize("words", [steady(14, 60), steady(16, 150)])
def test_too_little_speech_is_not_judged(words: tuple[Word, ...]) -> None:
    said = of(heard(words))
    assert said.level is None
    assert said.reason is not None
    assert "too short" in said.reason


def test_words_without_times_are_not_measured() -> None:
    said = of(Transcript(engine="corrected", duration_s=30.0, text=FULL_STORY))
    assert said.level is None
    assert said.reason == "neither speech nor word times are known"


def test_hedges_and_repeats_are_listed_and_not_scored() -> None:
    text = f"I was I was kind of tired that day. {TWICE}"
    said = of(spoken(text))
    assert [found.quote for found in said.hedges] == ["kind of"]
    assert [found.quote for found in said.repeats] == ["i was i was"]
    assert said.level == of(spoken(TWICE)).level


def test_switched_off_it_is_not_measured_and_says_so() -> None:
    said = score(STORY, spoken(TWICE), settings=ScoringSettings(delivery=False)).delivery
    assert (said.level, said.reason) == (None, "switched off in the settings")
    assert (said.words_per_minute, said.fillers, said.pauses) == (None, None, ())


def test_bands_are_the_users() -> None:
    words = heard(steady(150, 150))
    assert of(words).level == 5
    assert score(STORY, words, settings=ScoringSettings(pace_slow=160)).delivery.level == 4
    assert score(STORY, words, settings=ScoringSettings(pace_fast=140)).delivery.level == 4


def test_the_settings_begin_as_the_rules_are_written() -> None:
    usual, ruleset = ScoringSettings(), rules.load("delivery")
    assert ruleset.rule("delivery.pace.slow").below == usual.pace_slow
    assert ruleset.rule("delivery.pace.a_little_slow").at_least == usual.pace_slow
    assert ruleset.rule("delivery.pace.a_little_slow").below == usual.pace_a_little_slow
    assert ruleset.rule("delivery.pace.brisk").at_least == usual.pace_brisk
    assert ruleset.rule("delivery.pace.brisk").below == ruleset.rule("delivery.pace.fast").at_least == usual.pace_fast
    assert ruleset.rule("delivery.silence.long").at_least == usual.long_silence


def test_a_length_is_told_in_whole_seconds() -> None:
    card = score(STORY, spoken(FULL_STORY))
    assert card.delivery.pace[-1].end_s % 1
    said = [each.message for each in card.suggestions if each.rule == "delivery.length"]
    assert all("." not in message.split(" s is")[0] for message in said)
    assert said
