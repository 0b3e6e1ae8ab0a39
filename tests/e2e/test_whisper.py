"""An interview with a Whisper recogniser: the draft's card at once, the better transcript's in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.make_micro_whisper import SENTENCES
from tests.e2e import check
from tests.support.app import Plain
from tests.support.candidate import prepare
from tests.support.micro_whisper import checkpoint
from tests.support.soundcard import VirtualSoundCard

pytestmark = [pytest.mark.soundcard, pytest.mark.timeout(1200)]


def test_the_better_transcript_is_what_counts_in_the_end(
    card: VirtualSoundCard, tmp_path: Path, home: Path, request: pytest.FixtureRequest
) -> None:
    weights = checkpoint(request.config.cache)
    speech = prepare(SENTENCES[:2], tmp_path)
    env = {**card.env, "MOCKINT_TRANSCRIBE_ENGINE": "whisper", "MOCKINT_TRANSCRIBE_MODEL": str(weights)}
    with Plain("interview", "--plain", "--questions", "1", env=env, home=home) as app:
        app.wait_for("Enter: start answering")
        app.press()
        app.wait_for("Recording.")
        card.say(speech.path)
        app.press()
        app.wait_for("Enter: next question")
        app.press()
        app.wait_for("Kept as")
        assert app.end() == 0
        assert app.errors == []
    take = check.only_session(home) / "01" / "1"
    newest = max(take.glob("transcript-*.json"))
    transcript = check.read(newest)
    assert (transcript["engine"], transcript["draft"]) == ("whisper", False)
    # The test weights know short prompts only: after a whole job they mix up their sentences, but have no other words.
    known = {word for text in SENTENCES for word in check.words_of(text)}
    assert transcript["words"] and set(check.words_of(transcript["text"])) <= known
    assert check.read(max(take.glob("card-*.json")))["transcript"] == newest.name
