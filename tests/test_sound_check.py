from __future__ import annotations

from pathlib import Path

import pytest

from mockint.audio.port import OnEvent, OnPiece, SourceEnded
from mockint.errors import NoMicrophone
from mockint.sound_check import SoundCheck
from tests.tui.fakes import DeafRecorder, FakePlayer, FakeRecorder


class Unplugged(FakeRecorder):
    """Its device goes after half a second."""

    elapsed_s = 0.5

    def start(self, path: Path, on_event: OnEvent, on_piece: OnPiece | None = None) -> None:
        super().start(path, on_event, on_piece)
        on_event(SourceEnded(reason="device-lost"))


async def test_what_was_recorded_is_heard_and_deleted() -> None:
    recorder, player = FakeRecorder(), FakePlayer()
    check = SoundCheck(recorder, player)
    await check.start()
    assert recorder.path.exists() and check.over
    await check.finish()
    await check.play()
    assert player.played == [("sound.wav", 0.0, None)]
    await check.close()
    await check.close()
    assert not recorder.path.parent.exists()


async def test_left_in_mid_recording_nothing_stays() -> None:
    recorder = FakeRecorder()
    recorder.elapsed_s = 1.0
    check = SoundCheck(recorder, FakePlayer())
    await check.start()
    assert not check.over
    await check.close()
    assert not recorder.path.parent.exists()


async def test_a_device_that_goes_ends_it() -> None:
    check = SoundCheck(Unplugged(), FakePlayer())
    await check.start()
    assert check.over
    await check.close()


async def test_without_a_microphone_it_says_so() -> None:
    check = SoundCheck(DeafRecorder(), FakePlayer())
    with pytest.raises(NoMicrophone):
        await check.start()
    await check.close()
