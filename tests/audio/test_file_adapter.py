"""Recording from files: formats, order of events, pace, and files that are no sound."""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from mockint.audio.file_adapter import FileRecorder
from mockint.audio.port import SAMPLE_RATE, PhraseClosed, PhraseOpened, RecorderEvent, Recording, SourceEnded
from mockint.errors import AudioFileError
from tests.audio.signals import read, silence, vowel


def hear(source: Path, path: Path, pace: float | None = None) -> tuple[list[RecorderEvent], Recording]:
    """Record a whole file."""
    events, over = list[RecorderEvent](), threading.Event()

    def on_event(event: RecorderEvent) -> None:
        events.append(event)
        if isinstance(event, SourceEnded):
            over.set()

    recorder = FileRecorder(source, pace)
    recorder.start(path, on_event)
    assert over.wait(60)
    return events, recorder.stop()


def need_ffmpeg() -> None:
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3", "aiff"])
def test_stereo_at_another_rate_keeps_length_and_pitch(tmp_path: Path, suffix: str) -> None:
    time_s = np.arange(round(2.5 * 44_100)) / 44_100
    left, right = 0.5 * np.sin(2 * np.pi * 440 * time_s), 0.25 * np.sin(2 * np.pi * 1000 * time_s)
    source = tmp_path / f"tone.{suffix}"
    soundfile.write(source, np.column_stack((left, right)), 44_100)
    events, recording = hear(source, tmp_path / "answer.wav")
    assert events[-1] == SourceEnded(reason="finished")
    assert recording.duration_s == pytest.approx(2.5, abs=0.06)
    assert (recording.device, recording.source_rate) == (source.name, 44_100)
    samples = read(tmp_path / "answer.wav")
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    frequencies = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    low, high = frequencies < 700, frequencies >= 700
    assert frequencies[low][spectrum[low].argmax()] == pytest.approx(440, abs=1)
    assert frequencies[high][spectrum[high].argmax()] == pytest.approx(1000, abs=1)
    assert spectrum[low].max() / spectrum[high].max() == pytest.approx(2, rel=0.1)


@pytest.mark.parametrize(
    ("suffix", "codec"), [("m4a", "aac"), ("aac", "aac"), ("webm", "libopus"), ("mp4", "aac"), ("opus", "libopus")]
)
def test_ffmpeg_reads_what_libsndfile_does_not(tmp_path: Path, suffix: str, codec: str) -> None:
    need_ffmpeg()
    plain, source = tmp_path / "plain.wav", tmp_path / f"said.{suffix}"
    soundfile.write(plain, np.concatenate((silence(0.5), vowel(1.5), silence(0.5))), SAMPLE_RATE)
    subprocess.run(["ffmpeg", "-v", "error", "-i", plain, "-c:a", codec, source], check=True)
    events, recording = hear(source, tmp_path / "answer.wav")
    assert events[-1] == SourceEnded(reason="finished")
    assert recording.duration_s == pytest.approx(2.5, abs=0.15)
    assert list(recording.speech) == [pytest.approx((0.5, 2.0), abs=0.15)]


def test_without_ffmpeg_the_error_names_the_file_and_says_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "said.m4a"
    source.write_bytes(b"\x00\x00\x00\x20ftypM4A " + bytes(200))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AudioFileError, match=r"said\.m4a") as caught:
        FileRecorder(source).start(tmp_path / "answer.wav", print)
    assert "Install ffmpeg" in caught.value.hint


def test_ffmpeg_opens_no_playlist(tmp_path: Path) -> None:
    need_ffmpeg()
    soundfile.write(tmp_path / "private.wav", vowel(1.0), SAMPLE_RATE)
    source = tmp_path / "list.m3u8"
    source.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nprivate.wav\n#EXT-X-ENDLIST\n")
    with pytest.raises(AudioFileError, match=r"list\.m3u8"):
        FileRecorder(source).start(tmp_path / "answer.wav", print)


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 48_000, 96_000, 192_000])
def test_any_rate_keeps_the_length_and_the_voice(tmp_path: Path, rate: int) -> None:
    source, said = tmp_path / "said.wav", np.concatenate((silence(0.5), vowel(1.0), silence(0.5)))
    at = np.arange(round(2.0 * rate)) / rate
    soundfile.write(source, np.interp(at, np.arange(len(said)) / SAMPLE_RATE, said / 32768), rate)
    _, recording = hear(source, tmp_path / "answer.wav")
    assert recording.duration_s == pytest.approx(2.0, abs=0.02)
    assert list(recording.speech) == [pytest.approx((0.5, 1.5), abs=0.1)]


@pytest.mark.parametrize(("left", "right"), [(1.0, 1.0), (1.0, 0.0), (0.0, 1.0), (1.0, -1.0), (0.5, -0.45)], ids=str)
def test_a_silent_or_inverted_channel_takes_nothing_from_the_voice(tmp_path: Path, left: float, right: float) -> None:
    source, said = tmp_path / "said.wav", vowel(1.0) / 32768
    soundfile.write(source, np.column_stack((said * left, said * right)), SAMPLE_RATE)
    hear(source, tmp_path / "answer.wav")
    heard = read(tmp_path / "answer.wav") / 32768
    assert np.allclose(heard, said * (left or right), atol=1e-3)


def test_phrases_come_before_the_end_and_the_end_is_last(tmp_path: Path) -> None:
    source = tmp_path / "said.wav"
    sound = np.concatenate((silence(0.5), vowel(1.0), silence(0.7), vowel(0.9)))
    soundfile.write(source, sound, SAMPLE_RATE)
    events, recording = hear(source, tmp_path / "answer.wav")
    kinds = [PhraseOpened, PhraseClosed, PhraseOpened, PhraseClosed, SourceEnded]
    assert [type(event) for event in events] == kinds
    assert recording.overflows == 0
    assert np.array_equal(read(tmp_path / "answer.wav"), sound)


def test_a_pace_is_kept(tmp_path: Path) -> None:
    source = tmp_path / "said.wav"
    soundfile.write(source, silence(0.6), SAMPLE_RATE)
    began = time.monotonic()
    hear(source, tmp_path / "answer.wav", pace=2.0)
    # A lower bound cannot fail on a slow machine.
    assert time.monotonic() - began >= 0.3


def test_stopping_early_keeps_what_was_heard(tmp_path: Path) -> None:
    source, events = tmp_path / "long.wav", list[RecorderEvent]()
    soundfile.write(source, silence(600), SAMPLE_RATE)
    recorder = FileRecorder(source, pace=1.0)
    recorder.start(tmp_path / "answer.wav", events.append)
    recording = recorder.stop()
    assert 0 < recording.duration_s < 600
    assert len(read(tmp_path / "answer.wav")) == recording.duration_s * SAMPLE_RATE
    assert events == []


def test_an_empty_file_is_an_empty_recording(tmp_path: Path) -> None:
    source = tmp_path / "empty.wav"
    soundfile.write(source, silence(0), SAMPLE_RATE)
    events, recording = hear(source, tmp_path / "answer.wav")
    assert events == [SourceEnded(reason="finished")]
    assert recording.duration_s == 0


@pytest.mark.parametrize("content", [b"", b"RIFF", b"To be, or not to be", b"RIFF\xff\xff\xff\xffWAVEjunk" + bytes(90)])
@pytest.mark.parametrize("name", ["noise.wav", "noise.raw", "noise.mp3", "noise"])
def test_what_is_no_sound_is_refused_by_name(tmp_path: Path, content: bytes, name: str) -> None:
    source = tmp_path / name
    source.write_bytes(content)
    with pytest.raises(AudioFileError, match=name):
        FileRecorder(source).start(tmp_path / "answer.wav", print)
    assert not (tmp_path / "answer.wav").exists()


@pytest.mark.parametrize("name", ["missing.wav", ""])
def test_what_is_not_there_is_refused_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(AudioFileError, match=str(tmp_path / name)):
        FileRecorder(tmp_path / name).start(tmp_path / "answer.wav", print)


def test_a_damaged_file_ends_where_it_is_damaged_and_keeps_the_rest(tmp_path: Path) -> None:
    source = tmp_path / "said.flac"
    soundfile.write(source, np.tile(vowel(1.0), 8), SAMPLE_RATE)
    content = bytearray(source.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4000] = bytes(4000)
    source.write_bytes(content)
    events, recording = hear(source, tmp_path / "answer.wav")
    assert isinstance(events[-1], SourceEnded)
    assert events[-1].reason == "damaged"
    assert str(source) in events[-1].detail
    assert 1 <= recording.duration_s <= 8.1
    assert len(read(tmp_path / "answer.wav")) == recording.duration_s * SAMPLE_RATE
