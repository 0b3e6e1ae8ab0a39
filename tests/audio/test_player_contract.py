"""What every Player does: the sound card's, in a process on the virtual sound card, and the fake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.support.soundcard import VirtualSoundCard

Span = tuple[Path, float, float | None]


@pytest.fixture(params=["silent", pytest.param("sound-card", marks=pytest.mark.soundcard)])
def player(request: pytest.FixtureRequest) -> tuple[str, dict[str, str]]:
    """A kind of player, and the environment it needs."""
    kind: str = request.param
    if kind == "silent":
        return kind, dict(os.environ)
    card: VirtualSoundCard = request.getfixturevalue("sound_card")
    return kind, card.env


def play(player: tuple[str, dict[str, str]], *spans: Span) -> list[str]:
    """How playing each of them ended."""
    kind, environment = player
    wanted = json.dumps([(str(path), start, end) for path, start, end in spans])
    command = [sys.executable, "-m", "tests.audio.exercise", "play-each", kind, wanted]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=60)
    outcomes: list[str] = json.loads(done.stdout)
    return outcomes


def test_a_sound_is_played_whole_in_part_and_again(player: tuple[str, dict[str, str]], tmp_path: Path) -> None:
    tone = tmp_path / "tone.wav"
    soundfile.write(tone, 0.2 * np.sin(np.arange(8000) / 10), 16_000)
    assert play(player, (tone, 0.0, None), (tone, 0.1, 0.3), (tone, 0.0, None)) == ["heard"] * 3


def test_a_span_without_sound_is_heard_at_once(player: tuple[str, dict[str, str]], tmp_path: Path) -> None:
    tone = tmp_path / "tone.wav"
    soundfile.write(tone, np.zeros(8000), 16_000)
    assert play(player, (tone, 7.0, 9.0), (tone, 0.2, 0.1)) == ["heard"] * 2


def test_what_is_no_sound_is_refused_by_name_and_the_next_one_plays(
    player: tuple[str, dict[str, str]], tmp_path: Path
) -> None:
    text, tone = tmp_path / "text.wav", tmp_path / "tone.wav"
    text.write_text("no sound at all", "utf-8")
    soundfile.write(tone, np.zeros(800), 16_000)
    no_sound, missing, heard = play(player, (text, 0.0, None), (tmp_path / "nothing.wav", 0.0, None), (tone, 0.0, None))
    assert no_sound.startswith("AudioFileError: ") and str(text) in no_sound
    assert missing.startswith("AudioFileError: ") and "nothing.wav" in missing
    assert heard == "heard"
