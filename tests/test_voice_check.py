"""A short text is read aloud, and how much of it was understood is told with what to do next."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile
from msgspec import structs
from numpy.typing import NDArray

from mockint.audio.file_adapter import FileRecorder
from mockint.audio.loudness import Loudness, loudness
from mockint.errors import StoreError
from mockint.model import SoundProblem, Transcript, Word
from mockint.runtime import Runtime
from mockint.transcribe.fake import ScriptedTranscriber
from mockint.voice_check import TERMS, TEXT, VoiceCheck, VoiceResult, judge, next_steps, result_lines
from tests.support.soundcard import flite

QUIET_ROOM = Loudness(voice_dbfs=-24.0, room_dbfs=-60.0)


def heard(text: str, *, draft: bool = True) -> Transcript:
    words = tuple(Word(text=word, start=n, end=n + 0.5, confidence=0.9) for n, word in enumerate(text.split()))
    return Transcript(engine="sphinx", draft=draft, duration_s=60, text=text, words=words)


def result(text: str, measured: Loudness = QUIET_ROOM, *, draft: bool = True) -> VoiceResult:
    return judge(heard(text, draft=draft), measured)


def test_all_words_whatever_their_case_and_stops() -> None:
    good = result(TEXT.lower().replace(".", "").replace(",", ""))
    assert good.share == 1 and good.missed == ()
    lines = list(result_lines(good))
    assert lines[0] == "Understood: 50 of 50 words (100%, sphinx). mockint understands you well."
    assert lines[1:] == ["Your voice: -24 dBFS, 36 dB above the room.", "→ Nothing to mend."]


def test_the_recogniser_is_named_with_its_model() -> None:
    transcript = structs.replace(heard(TEXT, draft=False), engine="whisper", model="base.en")
    assert "(100%, whisper base.en)" in next(result_lines(judge(transcript, QUIET_ROOM)))


def test_words_that_were_missed_are_named_in_order() -> None:
    bad = result(TEXT.replace("Docker", "doctor").replace("Kubernetes", "cupboard needs"))
    assert bad.missed == ("docker", "kubernetes") and bad.share == pytest.approx(0.96)
    assert "Not understood: docker, kubernetes." in list(result_lines(bad))


@pytest.mark.parametrize(
    ("words", "says"), [(50, "well"), (40, "most of what"), (30, "mishears much"), (5, "hardly"), (0, "hardly")]
)
def test_the_verdict_follows_the_share(words: int, says: str) -> None:
    lines = list(result_lines(result(" ".join(TEXT.split()[:words]))))
    assert f"Understood: {words} of 50 words" in lines[0] and says in lines[0]
    assert any("Not understood" in line for line in lines) == (0 < words < 50)


def test_what_to_do_next() -> None:
    def steps(*args: object, draft: bool = True) -> str:
        return "\n".join(next_steps(result(*args, draft=draft)))  # type: ignore[arg-type]

    half = " ".join(TEXT.split()[:30])
    assert "come closer" in steps(TEXT, Loudness(voice_dbfs=-50.0, room_dbfs=-80.0))
    assert "as loud as you" in steps(TEXT, Loudness(voice_dbfs=-20.0, room_dbfs=-28.0))
    assert steps(TEXT, Loudness(voice_dbfs=-20.0, room_dbfs=-35.0)) == "Nothing to mend."
    assert "noise behind your voice" in steps(half, Loudness(voice_dbfs=-20.0, room_dbfs=-35.0))
    assert "Whisper model" in steps(half) and "Another microphone" in steps(half)
    assert "larger model" in steps(half, draft=False)
    problem = SoundProblem(kind="clipped", message="too loud", hint="Lower it.")
    clipped = judge(structs.replace(heard(half), sound=(problem,)), QUIET_ROOM)
    assert next(iter(next_steps(clipped))) == "Too loud. Lower it."


RATE = 16_000


def write(path: Path, samples: NDArray[np.float64]) -> Path:
    soundfile.write(path, samples, RATE)
    return path


@pytest.mark.parametrize("below_db", [10.0, 30.0])
def test_levels_of_voice_and_room(tmp_path: Path, below_db: float) -> None:
    random = np.random.default_rng(1)
    room = random.normal(0, 0.1 * 10 ** (-below_db / 20), 4 * RATE)
    room[2 * RATE : 3 * RATE] += random.normal(0, 0.1, RATE)
    room[100:200] = 0.9  # a click
    measured = loudness(write(tmp_path / "a.wav", room), ((2.0, 3.0),))
    assert measured.voice_dbfs == pytest.approx(-20 if below_db > 20 else -19.6, abs=0.3)
    assert measured.distance_db == pytest.approx(below_db, abs=0.8)


def test_what_there_is_too_little_of_is_not_measured(tmp_path: Path) -> None:
    silence = write(tmp_path / "a.wav", np.zeros(RATE))
    assert loudness(silence, ()) == Loudness(voice_dbfs=None, room_dbfs=None)
    assert loudness(silence, ((0.0, 1.0),)).distance_db is None
    empty = write(tmp_path / "b.wav", np.zeros(0))
    assert loudness(empty, ()) == Loudness(voice_dbfs=None, room_dbfs=None)


async def checked(sound: Path, transcriber: ScriptedTranscriber, keep: Path | None = None) -> VoiceResult:
    check = VoiceCheck(FileRecorder(sound), transcriber)
    try:
        await check.start()
        await check.source_ended()
        found = await check.finish()
        if keep is not None:
            check.keep(keep)
        return found
    finally:
        await check.close()


async def test_nothing_is_kept_unless_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    sound = flite(TEXT, tmp_path / "said.wav")
    transcriber = ScriptedTranscriber(TEXT)
    found = await checked(sound, transcriber)
    assert found.share == 1 and transcriber.terms == TERMS
    assert found.loudness.voice_dbfs is not None
    assert list(temporary.iterdir()) == []
    kept = tmp_path / "kept.wav"
    await checked(sound, ScriptedTranscriber(TEXT), kept)
    assert soundfile.info(kept).duration == pytest.approx(soundfile.info(sound).duration, abs=0.1)
    assert os.name == "nt" or kept.stat().st_mode & 0o077 == 0
    with pytest.raises(StoreError, match=r"kept\.wav"):
        await checked(sound, ScriptedTranscriber(TEXT), kept)
    assert list(temporary.iterdir()) == []


async def test_a_check_that_is_left_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    check = VoiceCheck(FileRecorder(flite(TEXT, tmp_path / "said.wav"), 1.0), ScriptedTranscriber(TEXT))
    await check.start()
    assert list(temporary.iterdir()) != []
    await check.close()
    await check.close()
    assert list(temporary.iterdir()) == []


async def test_a_synthetic_voice_is_mostly_understood_by_the_embedded_recogniser(tmp_path: Path) -> None:
    runtime = Runtime()
    check = VoiceCheck(FileRecorder(flite(TEXT, tmp_path / "said.wav")), runtime.transcriber("sphinx"))
    try:
        await check.start()
        await check.source_ended()
        found = await check.finish()
    finally:
        await check.close()
    assert found.share >= 0.7
    assert set(found.missed) <= {word.casefold().strip(".,") for word in TEXT.split()}
