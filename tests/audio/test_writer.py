"""The writer: what is on disk, whatever happens."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockint.audio.level import measure_level
from mockint.audio.port import (
    SAMPLE_RATE,
    HeardPiece,
    OnlyZeros,
    PhraseClosed,
    PhraseOpened,
    RecorderEvent,
    SourceEnded,
)
from mockint.audio.wav import duration_s
from mockint.audio.writer import Writer
from mockint.errors import StoreError
from tests.audio.signals import Samples, noise, read, silence, vowel

# A source that hands over 20 ms every 20 ms and says how much it has handed over, until it is killed.
SOURCE = """
import itertools, sys, time
from pathlib import Path
import numpy as np
from mockint.audio.writer import Writer

writer = Writer(Path(sys.argv[1]), print, device="test", source_rate=48000)
began = time.monotonic()
for block in itertools.count(1):
    time.sleep(max(0.0, began + block * 0.02 - time.monotonic()))
    writer.offer(np.full((960, 2), 0.25, np.float32))
    print(block * 0.02, flush=True)
"""


def record(path: Path, blocks: list[Samples], source_rate: int = SAMPLE_RATE) -> tuple[Writer, list[RecorderEvent]]:
    events = list[RecorderEvent]()
    writer = Writer(path, events.append, device="test", source_rate=source_rate)
    for block in blocks:
        writer.put(block)
    return writer, events


def test_a_killed_recording_is_a_valid_wav_but_for_its_last_quarter_second(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    with subprocess.Popen([sys.executable, "-c", SOURCE, str(path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        fed = next(seconds for line in child.stdout if (seconds := float(line)) >= 1.5)
        child.kill()
    samples = read(path)
    assert len(samples) / SAMPLE_RATE >= fed - 0.25
    assert duration_s(path) >= len(samples) / SAMPLE_RATE
    assert set(samples[1000:-1000].tolist()) <= {8191, 8192, 8193}


@settings(max_examples=15, deadline=None)
@given(
    cuts=st.lists(st.integers(0, 30_000), max_size=6),
    rate=st.sampled_from([8000, 16_000, 22_050, 44_100, 48_000]),
)
def test_blocks_do_not_matter(tmp_path_factory: pytest.TempPathFactory, cuts: list[int], rate: int) -> None:
    folder = tmp_path_factory.mktemp("blocks")
    sound = np.concatenate((silence(0.3), vowel(1.0), silence(0.6)))
    whole, whole_events = record(folder / "whole.wav", [sound], rate)
    parts, part_events = record(folder / "parts.wav", np.split(sound, sorted(cuts)), rate)
    first, second = whole.finish(), parts.finish()
    assert np.array_equal(read(folder / "whole.wav"), read(folder / "parts.wav"))
    assert (first.duration_s, first.speech, first.peak) == (second.duration_s, second.speech, second.peak)
    assert whole_events == part_events
    assert first.duration_s == pytest.approx(len(sound) / rate, abs=0.001)


def test_samples_at_the_right_rate_are_kept_bit_for_bit(tmp_path: Path) -> None:
    sound = noise(1.0, -20)
    writer, _ = record(tmp_path / "int.wav", [sound])
    writer.finish()
    assert np.array_equal(read(tmp_path / "int.wav"), sound)
    floats = Writer(tmp_path / "float.wav", print, device="test", source_rate=SAMPLE_RATE)
    floats.put((sound / np.float32(32768)).astype(np.float32))
    floats.finish()
    assert np.array_equal(read(tmp_path / "float.wav"), sound)


def test_too_loud_floats_are_clipped_and_do_not_wrap_around(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "loud.wav", print, device="test", source_rate=SAMPLE_RATE)
    writer.put(np.array([1.5, -1.5, 1.0, -1.0] * 400, np.float32))
    recording = writer.finish()
    assert set(read(tmp_path / "loud.wav").tolist()) == {32767, -32768}
    assert recording.peak == 1.0
    assert writer.level is not None
    assert writer.level.clipped


def test_events_come_in_order_and_the_last_phrase_is_closed(tmp_path: Path) -> None:
    sound = np.concatenate((silence(0.5), vowel(0.8), silence(0.8), vowel(0.8)))
    writer, events = record(tmp_path / "answer.wav", [sound])
    recording = writer.finish()
    assert [type(event) for event in events] == [PhraseOpened, PhraseClosed] * 2
    assert [event.number for event in events if isinstance(event, PhraseClosed)] == [1, 2]
    assert len(recording.speech) == 2
    assert writer.finish() == recording


def test_what_is_heard_while_held_never_reaches_the_disk(tmp_path: Path) -> None:
    before, between, after = (noise(1.0, -20, seed) for seed in (1, 2, 3))
    writer, _ = record(tmp_path / "answer.wav", np.split(before, 10))
    wait_for(writer, 1.0)
    writer.hold()
    for block in np.split(between, 10):
        writer.put(block)
    writer.go_on()
    writer.put(after)
    assert writer.finish().duration_s == 2.0
    assert np.array_equal(read(tmp_path / "answer.wav"), np.concatenate((before, after)))


def test_holding_twice_and_going_on_twice_is_once(tmp_path: Path) -> None:
    writer, _ = record(tmp_path / "answer.wav", [])
    writer.go_on()
    writer.hold()
    writer.hold()
    writer.put(noise(1.0, -20))
    writer.go_on()
    writer.go_on()
    writer.put(noise(0.5, -20))
    assert writer.finish().duration_s == 0.5


def test_isolated_pieces_are_handed_on_also_while_held_with_their_place_in_the_recording(tmp_path: Path) -> None:
    pieces: list[HeardPiece] = []
    told = threading.Semaphore(0)

    def on_piece(piece: HeardPiece) -> None:
        pieces.append(piece)
        told.release()

    word = np.concatenate((noise(1.0, -80), vowel(0.6), noise(1.4, -80)))
    writer = Writer(tmp_path / "answer.wav", print, on_piece, device="test", source_rate=SAMPLE_RATE)
    for held in (False, True, False):
        (writer.hold if held else writer.go_on)()
        for block in np.split(word, 30):
            writer.put(block)
        assert told.acquire(timeout=30)
        if not held:
            wait_for(writer, 3.0 * (1 + len(pieces) // 2))
    assert writer.finish().duration_s == 6.0
    first, held_piece, last = pieces
    assert (first.start, first.end) == pytest.approx((1.0, 1.6), abs=0.1)
    assert held_piece.start == held_piece.end == 3.0
    assert (last.start, last.end) == pytest.approx((4.0, 4.6), abs=0.1)


def test_a_broken_listener_to_pieces_costs_no_sample(tmp_path: Path) -> None:
    def on_piece(piece: HeardPiece) -> None:
        raise ValueError(piece)

    sound = np.concatenate((noise(1.0, -80), vowel(0.6), noise(1.4, -80)))
    writer = Writer(tmp_path / "answer.wav", print, on_piece, device="test", source_rate=SAMPLE_RATE)
    writer.put(sound)
    writer.finish()
    assert np.array_equal(read(tmp_path / "answer.wav"), sound)


def wait_for(writer: Writer, seconds: float) -> None:
    """Return once so much is on disk."""
    while writer.elapsed_s < seconds:
        threading.Event().wait(0.005)


def test_samples_are_on_disk_before_the_event_they_caused(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    seen = list[tuple[RecorderEvent, float]]()
    writer = Writer(
        path,
        lambda event: seen.append((event, (path.stat().st_size - 44) / 2 / SAMPLE_RATE)),
        device="test",
        source_rate=SAMPLE_RATE,
    )
    writer.put(np.concatenate((silence(0.52), vowel(1.0), silence(1.0))))
    writer.finish()
    (opened, on_disk), (closed, on_disk_later) = seen
    assert isinstance(opened, PhraseOpened)
    assert isinstance(closed, PhraseClosed)
    # A tenth of a second of voice after the pre-roll opened it; half a second without voice closed it.
    assert on_disk >= opened.start + 0.25 + 0.1
    assert on_disk_later >= closed.end + 0.3


def test_nothing_recorded_is_a_valid_empty_wav(tmp_path: Path) -> None:
    writer, events = record(tmp_path / "answer.wav", [])
    recording = writer.finish()
    assert (recording.duration_s, recording.speech, recording.peak, events) == (0, (), 0, [])
    assert len(read(tmp_path / "answer.wav")) == 0
    assert writer.level is None


def test_a_discarded_recording_leaves_nothing(tmp_path: Path) -> None:
    writer, events = record(tmp_path / "answer.wav", [])
    writer.discard()
    assert not any(tmp_path.iterdir())
    assert events == []


@pytest.fixture
def small_disk() -> Iterator[int]:
    """Files cannot grow beyond 50,001 bytes: an OSError after a partial write, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_001, hard))
    yield 50_001
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_ends_the_recording_and_leaves_it_valid(tmp_path: Path, small_disk: int) -> None:
    path, sound = tmp_path / "answer.wav", np.concatenate((silence(0.5), vowel(5.0)))
    writer, events = record(path, [sound])
    for _ in range(1000):  # More than the queue holds: the source must not be left waiting.
        writer.put(silence(0.01))
    recording = writer.finish()
    assert [type(event) for event in events] == [PhraseOpened, PhraseClosed, SourceEnded]
    assert isinstance(events[-1], SourceEnded)
    assert events[-1].reason == "write-failed"
    assert str(path) in events[-1].detail
    kept = read(path)
    assert np.array_equal(kept, sound[: len(kept)])
    assert recording.duration_s == len(kept) / SAMPLE_RATE
    assert small_disk - 44 - 2 * SAMPLE_RATE // 10 <= 2 * len(kept) <= small_disk - 44
    assert path.stat().st_size == 44 + 2 * len(kept)


def test_a_disk_that_fills_up_keeps_room_for_the_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = iter([2**21, 2**21, 2**19])  # looked at once a second
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=next(left)))
    writer, events = record(tmp_path / "answer.wav", [vowel(4.0)])
    assert writer.finish().duration_s == pytest.approx(2.0)
    assert isinstance(events[-1], SourceEnded)
    assert "No space" in events[-1].detail


def test_a_broken_listener_does_not_stop_the_recording(tmp_path: Path) -> None:
    def listener(event: RecorderEvent) -> None:
        raise ValueError(f"not understood: {event}")

    writer = Writer(tmp_path / "answer.wav", listener, device="test", source_rate=SAMPLE_RATE)
    sound = np.concatenate((silence(0.5), vowel(1.0), silence(1)))
    writer.put(sound)
    assert writer.finish().duration_s == len(sound) / SAMPLE_RATE


def test_a_full_queue_loses_and_counts_and_never_waits(tmp_path: Path) -> None:
    opened, go_on = threading.Event(), threading.Event()

    def listener(_: RecorderEvent) -> None:
        opened.set()
        assert go_on.wait(30)

    writer = Writer(tmp_path / "answer.wav", listener, device="test", source_rate=SAMPLE_RATE)
    writer.put(vowel(1.0))
    assert opened.wait(30)
    offered = 300
    for _ in range(offered):
        writer.offer(silence(0.01))
    go_on.set()
    recording = writer.finish()
    assert 0 < recording.overflows < offered
    assert recording.duration_s == pytest.approx(1.0 + (offered - recording.overflows) * 0.01)


def test_a_source_that_falls_silent_is_taken_for_lost(tmp_path: Path) -> None:
    ended = threading.Event()
    events = list[RecorderEvent]()

    def listener(event: RecorderEvent) -> None:
        events.append(event)
        ended.set()

    writer = Writer(tmp_path / "a.wav", listener, device="Mic", source_rate=SAMPLE_RATE, patience_s=0.05)
    writer.put(silence(0.1))
    assert ended.wait(30)
    assert events == [SourceEnded(reason="device-lost", detail="Mic has sent nothing for 0.05 s")]
    assert writer.finish().duration_s == 0.1


def test_a_source_that_never_sends_is_no_event_but_a_failure_to_start(tmp_path: Path) -> None:
    events = list[RecorderEvent]()
    writer = Writer(tmp_path / "a.wav", events.append, device="Mic", source_rate=SAMPLE_RATE, patience_s=0.05)
    assert writer.flowing.wait(30)
    assert writer.stillborn == "Mic has sent nothing for 0.05 s"
    writer.discard()
    assert events == []


def test_a_name_that_cannot_be_written_is_an_error_with_the_name(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"answer\.wav"):
        Writer(Path("/proc/answer.wav"), print, device="test", source_rate=SAMPLE_RATE)
    (tmp_path / "answer.wav").write_bytes(b"the only copy")
    with pytest.raises(StoreError, match=r"answer\.wav"):
        Writer(tmp_path / "answer.wav", print, device="test", source_rate=SAMPLE_RATE)
    assert (tmp_path / "answer.wav").read_bytes() == b"the only copy"


def test_level_of_known_signals() -> None:
    sine = np.rint(16384 * np.sin(2 * np.pi * 1000 * np.arange(1600) / SAMPLE_RATE)).astype(np.int16)
    level = measure_level(sine)
    assert level.rms_dbfs == pytest.approx(-9.03, abs=0.01)
    assert level.peak == pytest.approx(0.5, abs=0.001)
    assert not level.clipped
    assert measure_level(silence(0.1)).rms_dbfs is None
    assert not measure_level(np.array([32767, 32767, 0], np.int16)).clipped
    assert measure_level(np.array([32767, -32768, 32767], np.int16)).clipped


def test_exact_zeros_are_told_once_and_while_recording(tmp_path: Path) -> None:
    writer, events = record(tmp_path / "answer.wav", [silence(2.4), silence(3.0)])
    recording = writer.finish()
    assert events == [OnlyZeros(seconds=2.5)]
    assert recording.peak == 0


def test_a_quiet_room_is_not_exact_zeros(tmp_path: Path) -> None:
    writer, events = record(tmp_path / "answer.wav", [silence(2.0), noise(3.0, -85)])
    assert writer.finish().peak > 0
    assert events == []


def test_samples_at_full_scale_are_counted(tmp_path: Path) -> None:
    loud = np.clip(vowel(1.0).astype(np.int32) * 8, -32768, 32767).astype(np.int16)
    writer, _ = record(tmp_path / "answer.wav", [loud])
    assert writer.finish().clipped == int((np.abs(loud.astype(np.int32)) >= 32735).sum()) > 100


# A source that sends every 20 ms, with a writer that takes it for lost after 0.6 s.
SLEEPER = SOURCE.replace("source_rate=48000", "source_rate=48000, patience_s=0.6").replace(
    "print, device", "lambda event: print(type(event).__name__, flush=True), device"
)


def test_a_machine_that_sleeps_while_recording_does_not_lose_its_microphone(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    with subprocess.Popen([sys.executable, "-c", SLEEPER, str(path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert any(line.startswith("1.0") for line in child.stdout)
        os.kill(child.pid, signal.SIGSTOP)
        subprocess.run(["sleep", "1.5"], check=True)
        os.kill(child.pid, signal.SIGCONT)
        lines = list[str]()
        for line in child.stdout:
            lines.append(line)
            if line.startswith("4.0"):
                break
        child.kill()
    assert not any("SourceEnded" in line for line in lines)
    assert len(read(path)) / SAMPLE_RATE >= 3.5
