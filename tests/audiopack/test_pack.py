"""Packs as they are on disk: read back with ffprobe and listened to."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import soundfile

from mockint.audiopack.gather import Library
from mockint.audiopack.pack import Packed, Source, Wanted, pack
from mockint.audiopack.programme import Kind
from mockint.audiopack.target import target
from mockint.errors import AudioPackError
from mockint.interview import in_order_to_ask
from mockint.model import Bank
from mockint.runtime import Runtime
from mockint.sessions import SessionStore
from mockint.speech.fake import ToneSpeaker
from mockint.speech.port import Speaker
from tests.audiopack import library
from tests.audiopack.probe import loudness, probe
from tests.support.flite_speaker import FliteSpeaker

needs_ffmpeg = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
needs_flite = pytest.mark.skipif(not shutil.which("flite"), reason="flite is not installed")


@pytest.fixture
def store(home: Path) -> SessionStore:
    return SessionStore(home / "sessions")


@pytest.fixture
def no_ffmpeg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))


def slow_tones() -> list[Speaker]:
    """Two voices that take a third of a second for each word."""
    return [ToneSpeaker(seconds_per_word=0.3), ToneSpeaker(seconds_per_word=0.3)]


def names(folder: Path, having: str) -> list[str]:
    return [file.name for file in folder.iterdir() if having in file.name]


async def packed(
    out: Path,
    source: Source,
    minutes: int = 3,
    speakers: list[Speaker] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    force: bool = False,
) -> Packed:
    wanted = Wanted(kind=source.kind, minutes=minutes, title="Back-end; developer = you")
    return await pack(wanted, source, speakers or slow_tones(), target(out, force=force), progress)


@needs_ffmpeg
@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".ogg", ".opus", ".flac"])
async def test_chapters_titles_and_length_are_read_back(suffix: str, store: SessionStore, tmp_path: Path) -> None:
    out = tmp_path / f"pack{suffix}"
    made = await packed(out, library.source("practice", store))
    found = probe(out)
    assert made.questions == 3
    assert [title for title, _, _ in found.chapters] == [
        "Introduction",
        *(question.text for question in in_order_to_ask(library.QUESTIONS)),
        "End",
    ]
    assert found.seconds == pytest.approx(made.seconds, abs=0.2)
    assert all(begin < end for _, begin, end in found.chapters)
    assert [begin for _, begin, _ in found.chapters[1:]] == pytest.approx(
        [end for _, _, end in found.chapters[:-1]], abs=0.01
    )
    assert found.tags["title"] == "Interview practice: Back-end; developer = you"
    assert found.tags["artist"] == "mockint"
    assert out.stat().st_mode & 0o777 == 0o600


@needs_ffmpeg
async def test_a_pack_is_as_long_as_wished(store: SessionStore, tmp_path: Path) -> None:
    await packed(tmp_path / "pack.mp3", library.source("practice", store), minutes=3)
    assert probe(tmp_path / "pack.mp3").seconds == pytest.approx(180, rel=0.03)


@needs_ffmpeg
async def test_titles_are_data_whatever_they_hold(store: SessionStore, tmp_path: Path) -> None:
    nasty = "What = this; # \\ [CHAPTER]\nSTART=0\ntitle=forged"
    question = msgspec.structs.replace(library.QUESTIONS[0], text=nasty)
    bank = Bank(area="queues", title="Message queues", questions=(question,))
    for suffix in (".mp3", ".ogg"):
        out = tmp_path / f"pack{suffix}"
        await packed(out, Source("drill", [question], in_order_to_ask, Library([bank], (), store)), minutes=2)
        titles = [title for title, _, _ in probe(out).chapters]
        assert titles == ["Introduction", " ".join(nasty.split()), "End"]


@needs_ffmpeg
@needs_flite
async def test_voice_and_own_takes_are_evenly_loud(home: Path, tmp_path: Path) -> None:
    store = library.answered(home, level=0.01)
    out = tmp_path / "pack.mp3"
    speakers: list[Speaker] = [FliteSpeaker(tmp_path, voice) for voice in ("slt", "rms")]
    source = library.source("review", store)
    await packed(out, source, minutes=2, speakers=speakers)
    whole, peak = loudness(out)
    assert whole == pytest.approx(-16, abs=0.7)
    assert peak <= -1
    for title, begin, end in probe(out).chapters:
        assert loudness(out, begin, end - begin)[0] == pytest.approx(-16, abs=1.5), title
    played = [title for title, begin, end in probe(out).chapters if end - begin > 25]
    assert library.QUESTIONS[0].text in played, "the quiet recording of twelve seconds is in its chapter"


@needs_ffmpeg
@needs_flite
async def test_every_question_is_understood_by_the_recogniser(store: SessionStore, tmp_path: Path) -> None:
    made = await packed(
        tmp_path / "pack", library.source("review", store), minutes=2, speakers=[FliteSpeaker(tmp_path)]
    )
    files = {file.name: file for file in (tmp_path / "pack").glob("*.mp3")}
    assert made.questions == 3
    for question in library.QUESTIONS:
        (file,) = [file for name, file in files.items() if question.text.lower()[:9].replace(" ", "-") in name]
        samples, rate = soundfile.read(file, frames=24_000 * 9, dtype="float32")
        soundfile.write(tmp_path / "part.wav", samples, rate)
        heard = (await Runtime().transcribe_file(tmp_path / "part.wav")).text.lower().split()
        words = question.text.lower().rstrip("?").split()
        assert sum(word in heard for word in words) >= 0.8 * len(words), (question.text, heard)


@needs_ffmpeg
async def test_a_folder_has_a_file_for_each_chapter_and_a_playlist(store: SessionStore, tmp_path: Path) -> None:
    made = await packed(tmp_path / "pack", library.source("drill", store), minutes=2)
    lines = (tmp_path / "pack" / "playlist.m3u8").read_text("utf-8").splitlines()
    files = [line for line in lines if not line.startswith("#")]
    assert lines[0] == "#EXTM3U"
    assert files == sorted(file.name for file in (tmp_path / "pack").glob("*.mp3"))
    assert len(files) == made.chapters == made.questions + 2
    assert files[0] == "01-introduction.mp3"
    lengths = [probe(tmp_path / "pack" / name).seconds for name in files]
    assert sum(lengths) == pytest.approx(made.seconds, abs=0.2 * len(files))
    told = [int(line.partition(":")[2].partition(",")[0]) for line in lines if line.startswith("#EXTINF")]
    assert told == pytest.approx(lengths, abs=0.7)
    first = probe(tmp_path / "pack" / files[1])
    assert first.tags["title"] in {question.text for question in library.QUESTIONS}
    assert first.tags["track"] == f"2/{len(files)}"
    assert (tmp_path / "pack").stat().st_mode & 0o777 == 0o700


async def test_own_answers_are_played_and_sheets_read_where_something_was_missed(home: Path, tmp_path: Path) -> None:
    store = library.answered(home)
    speakers = slow_tones()
    made = await packed(tmp_path / "pack.wav", library.source("practice", store), minutes=4, speakers=speakers)
    said = [text for speaker in speakers for text in getattr(speaker, "spoken", [])]
    assert "It missed:" in said
    assert "Revision sheet: Message queues." in said
    assert made.questions == 3


@pytest.mark.usefixtures("no_ffmpeg")
@pytest.mark.parametrize("suffix", [".mp3", ".ogg", ".opus", ".flac", ".wav"])
async def test_without_ffmpeg_libsndfile_writes_and_a_line_says_so(
    suffix: str, store: SessionStore, tmp_path: Path
) -> None:
    out = tmp_path / f"pack{suffix}"
    made = await packed(out, library.source("drill", store), minutes=2)
    assert soundfile.info(out).duration == pytest.approx(made.seconds, abs=0.2)
    assert "chapters" in target(out, force=True).note


@pytest.mark.usefixtures("no_ffmpeg")
async def test_without_ffmpeg_a_folder_is_of_ogg(store: SessionStore, tmp_path: Path) -> None:
    made = await packed(tmp_path / "pack", library.source("drill", store), minutes=2)
    assert len(list((tmp_path / "pack").glob("*.ogg"))) == made.chapters
    assert "ffmpeg is not installed" in target(tmp_path / "pack", force=True).note


@pytest.mark.usefixtures("no_ffmpeg")
def test_without_ffmpeg_m4a_is_refused_with_the_line_that_helps(tmp_path: Path) -> None:
    with pytest.raises(AudioPackError, match="ffmpeg, which is not installed") as refused:
        target(tmp_path / "pack.m4a")
    assert "apt-get install ffmpeg" in refused.value.hint


def test_places_that_cannot_be_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AudioPackError, match=r'written as \.mp33\. Did you mean "\.mp3"'):
        target(tmp_path / "pack.mp33")
    with pytest.raises(AudioPackError, match="there is no folder"):
        target(tmp_path / "nowhere" / "pack.wav")


def test_nothing_is_overwritten_unasked_and_no_foreign_folder_at_all(tmp_path: Path) -> None:
    (tmp_path / "pack.wav").write_bytes(b"mine")
    with pytest.raises(AudioPackError, match="is there already"):
        target(tmp_path / "pack.wav")
    assert target(tmp_path / "pack.wav", force=True).suffix == ".wav"
    (tmp_path / "music").mkdir()
    assert target(tmp_path / "music").is_folder
    (tmp_path / "music" / "playlist.m3u8").touch()
    with pytest.raises(AudioPackError, match="holds a pack already"):
        target(tmp_path / "music")
    (tmp_path / "music" / "holiday.mp3").touch()
    with pytest.raises(AudioPackError, match=r"other files \(holiday\.mp3"):
        target(tmp_path / "music", force=True)


def test_an_album_of_numbered_files_is_no_pack(tmp_path: Path) -> None:
    (tmp_path / "01-overture.mp3").write_bytes(b"mine")
    with pytest.raises(AudioPackError, match=r"other files \(01-overture\.mp3"):
        target(tmp_path, force=True)


@needs_ffmpeg
async def test_a_pack_made_before_is_replaced_whole(store: SessionStore, tmp_path: Path) -> None:
    await packed(tmp_path / "pack", library.source("drill", store), minutes=3)
    before = set((tmp_path / "pack").iterdir())
    made = await packed(tmp_path / "pack", library.source("drill", store), minutes=2, force=True)
    assert len(list((tmp_path / "pack").iterdir())) == made.chapters + 1 <= len(before)
    assert names(tmp_path, ".") == []


@needs_ffmpeg
@pytest.mark.parametrize("at", [10, 75])
@pytest.mark.parametrize("name", ["pack.mp3", "pack", "pack.wav"])
async def test_cancelled_while_speaking_or_writing_it_leaves_nothing(
    at: int, name: str, store: SessionStore, tmp_path: Path
) -> None:
    def stop(done: int, total: int) -> None:
        if done >= at:
            making.cancel()

    out = tmp_path / "here"
    out.mkdir()
    making = asyncio.create_task(packed(out / name, library.source("drill", store), 2, progress=stop))
    with pytest.raises(asyncio.CancelledError):
        await making
    assert list(out.iterdir()) == []


@needs_ffmpeg
async def test_what_was_there_stays_when_a_new_one_is_cancelled(store: SessionStore, tmp_path: Path) -> None:
    out = tmp_path / "pack.mp3"
    out.write_bytes(b"the one before")

    def stop(done: int, total: int) -> None:
        if done > 80:
            making.cancel()

    making = asyncio.create_task(packed(out, library.source("drill", store), 2, progress=stop, force=True))
    with pytest.raises(asyncio.CancelledError):
        await making
    assert out.read_bytes() == b"the one before"


async def test_a_full_disk_is_told_before_anything_is_made(
    store: SessionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage._replace(free=3 << 20))
    speakers = slow_tones()
    with pytest.raises(AudioPackError, match="3 MB are free"):
        await packed(tmp_path / "pack.wav", library.source("drill", store), 2, speakers)
    assert getattr(speakers[0], "spoken", None) == []


async def test_an_encoder_that_fails_is_told_with_its_reason(
    store: SessionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "ffmpeg"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nhead -c 100000 >/dev/null\necho 'pack.mp3: No space left on device' >&2\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    with pytest.raises(AudioPackError, match="No space left on device"):
        await packed(tmp_path / "pack.mp3", library.source("drill", store), 2)
    assert names(tmp_path, "pack") == []


async def test_a_recording_that_cannot_be_read_is_left_out_and_told(home: Path, tmp_path: Path) -> None:
    store = library.answered(home)
    library.damage_recording(store)
    made = await packed(tmp_path / "pack.wav", library.source("review", store), 2)
    assert made.questions == 2
    assert made.left_out
    assert library.QUESTIONS[0].text in made.left_out[0]


@pytest.mark.parametrize("kind", ["practice", "review", "drill"])
async def test_progress_goes_from_speaking_to_the_end_and_never_back(
    kind: Kind, store: SessionStore, tmp_path: Path
) -> None:
    steps: list[int] = []
    await packed(tmp_path / "pack.wav", library.source(kind, store), 2, progress=lambda done, total: steps.append(done))
    assert steps == sorted(steps)
    assert steps[-1] == 100


def test_a_review_begins_with_what_was_answered(home: Path) -> None:
    store = library.answered(home, library.QUESTIONS[2])
    titles = [chapter.title for chapter in library.source("review", store).chapters()]
    assert titles[:2] == ["Revision sheet: Message queues", library.QUESTIONS[2].text]
    assert [chapter.title for chapter in library.source("practice", store).chapters()][1] == library.QUESTIONS[0].text
