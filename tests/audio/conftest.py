"""Signals, speech and the virtual sound card for the tests of this room."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.soundcard import VirtualSoundCard, flite, missing_tools


def _need_tools() -> None:
    if missing := missing_tools():
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say(f"not on this machine: {', '.join(missing)}")


@pytest.fixture(scope="session")
def sound_card() -> Iterator[VirtualSoundCard]:
    """A running virtual sound card."""
    _need_tools()
    with VirtualSoundCard() as card:
        yield card


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Speaks a text to a WAV file, each text once."""
    _need_tools()
    folder = tmp_path_factory.mktemp("spoken")
    done: dict[str, Path] = {}

    def speak(text: str) -> Path:
        if text not in done:
            done[text] = flite(text, folder / f"{len(done)}.wav")
        return done[text]

    return speak
