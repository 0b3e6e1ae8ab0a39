"""Whether a transcript is fit to be scored: good, poor (levels become ranges) or unusable (nothing is scored)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from mockint.model import Transcript, TranscriptQuality
from mockint.scoring import rules, syllables
from mockint.scoring.term_forms import is_software
from mockint.scoring.text import NO_WORDS, STOP_WORDS, Token

NOT_ENGLISH = "the answer does not seem to be in English, the only language that can be scored"
ANSWER_AGAIN = "answer again, spoken or typed"
IN_ENGLISH = "answer in English, or correct what was heard"
CORRECT = "correct what was heard, and it is scored again"
"""What to do about a transcript that is not good; said after the reasons."""


def assess(transcript: Transcript, tokens: Sequence[Token]) -> TranscriptQuality:
    """Whether there are English words, and whether the recogniser was sure enough of them."""
    norms = [token.norm for token in tokens if token.norm not in NO_WORDS]
    if not norms:
        why = _sound_reasons(transcript) or (nothing(transcript), ANSWER_AGAIN)
        return TranscriptQuality(status="unusable", reasons=why)
    if not is_english(norms):
        return TranscriptQuality(status="unusable", reasons=(NOT_ENGLISH, IN_ENGLISH))
    if not transcript.words:
        return TranscriptQuality(status="good")
    value = rules.load("card").value
    words = transcript.words
    mean = sum(word.confidence for word in words) / len(words)
    unsure = f"the recogniser was unsure of most words (mean confidence {mean:.2f})"
    if mean < value("unusable_confidence"):
        return TranscriptQuality(status="unusable", reasons=(unsure, CORRECT))
    reasons = [unsure] if mean < value("poor_confidence") else []
    reasons += _sound_reasons(transcript)
    dropped = 0 if transcript.corrected_from else len(transcript.dropped)  # the user has said what was spoken
    if dropped > value("poor_dropped") * (dropped + len(words)):
        reasons.append(f"{dropped} recognised words were taken out again")
    if mismatch := _syllables_differ(transcript, norms):
        reasons.append(mismatch)
    if not reasons:
        return TranscriptQuality(status="good")
    return TranscriptQuality(status="poor", reasons=(*reasons, CORRECT))


def _syllables_differ(transcript: Transcript, norms: Sequence[str]) -> str | None:
    """Whether the sound holds many more or fewer syllables than the words and fillers do."""
    value = rules.load("card").value
    written = sum(map(syllables.count, norms)) + len(transcript.fillers or ())
    heard = transcript.syllables
    if heard is None or max(heard, written) < value("fewest_syllables"):
        return None
    if heard > value("most_syllables_heard") * written:
        return f"words seem to be missing: the sound has about {heard} syllables, the transcript {written}"
    if heard < value("least_syllables_heard") * written:
        return f"words seem to be made up: the sound has about {heard} syllables, the transcript {written}"
    return None


def _sound_reasons(transcript: Transcript) -> tuple[str, ...]:
    return tuple(f"{problem.message}. {problem.hint}" for problem in transcript.sound)


def nothing(transcript: Transcript) -> str:
    """Why there is nothing to score."""
    if transcript.sound:
        return transcript.sound[0].message
    if transcript.typed:
        return "no words were typed" if transcript.text.strip() else "nothing was typed"
    return "nothing was said"


def unscorable(found: TranscriptQuality, transcript: Transcript, tokens: Sequence[Token]) -> str | None:
    """Why the content cannot be scored, if it cannot."""
    if found.status == "unusable":
        return nothing(transcript) if transcript.sound and not transcript.words else found.reasons[0]
    most = int(rules.load("card").value("most_words"))
    return f"the answer is longer than {most} words" if len(tokens) > most else None


def is_english(norms: Sequence[str]) -> bool:
    """Whether words are English, or a list of terms: most letters Latin, and enough function words or known words.

    Fewer than eight words are taken for English where they are written in its letters.
    """
    value = rules.load("card").value
    letters = [char for norm in norms[:1000] for char in norm if char.isalpha()]
    latin = sum("LATIN" in unicodedata.name(char, "") for char in letters)
    if letters and latin < value("latin_letters") * len(letters):
        return False
    if len(norms) < value("language_words"):
        return True
    if sum(norm in STOP_WORDS for norm in norms) >= value("function_words") * len(norms):
        return True
    known = sum(norm in rules.common_words() or is_software(norm) for norm in norms)
    return known >= value("known_words") * len(norms)
