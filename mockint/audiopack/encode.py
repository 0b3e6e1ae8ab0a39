"""A programme written as sound files, with its chapters in their tags: by ffmpeg, else by libsndfile.

Titles come from question banks and postings. They reach ffmpeg in a metadata file, escaped, never in its arguments; it
may read that file and its standard input, and write one file.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from mockint.audiopack import sound
from mockint.audiopack.make import Made, Spool, Voiced, frames, samples
from mockint.audiopack.target import PLAYLIST, Target
from mockint.errors import AudioPackError
from mockint.model import Value
from mockint.untrusted import plain_text, slug

_TITLE_CHARS = 120
_SPECIAL = re.compile(r"[=;#\\]")
_FRAME_BYTES = 2
OnFrames = Callable[[int], None]
"""Told how many further samples have been written."""


class Mark(Value, frozen=True, kw_only=True):
    """Where a chapter is in a file."""

    title: str
    start: int
    """Its first sample."""
    end: int


class Tags(Value, frozen=True, kw_only=True):
    """What a file says of itself."""

    title: str
    album: str
    track: str = ""
    marks: tuple[Mark, ...] = ()


async def write(made: Made, spool: Spool, target: Target, title: str, work: Path, on_frames: OnFrames) -> Path:
    """Write the programme below the folder `work`; returns the file, or the folder of files, to be moved in place.

    Raises AudioPackError, OSError.
    """
    if not target.is_folder:
        file = work / f"pack{target.suffix}"
        pcm = (part for chapter in made.chapters for part in samples(chapter, made.ease, spool))
        await _write_file(pcm, file, target, Tags(title=title, album=title, marks=_marks(made)), on_frames)
        file.chmod(0o600)
        return file
    folder = work / "pack"
    folder.mkdir(mode=0o700)
    entries: list[tuple[str, str, float]] = []
    for number, chapter in enumerate(made.chapters, start=1):
        name, label = _name(number, chapter, target.suffix), tag(chapter.chapter.title)
        tags = Tags(title=label, album=title, track=f"{number}/{len(made.chapters)}")
        await _write_file(samples(chapter, made.ease, spool), folder / name, target, tags, on_frames)
        entries.append((name, label, frames(chapter, made.ease) / sound.RATE))
    (folder / PLAYLIST).write_text(_playlist(title, entries), "utf-8")
    for made_file in folder.iterdir():
        made_file.chmod(0o600)
    return folder


def tag(text: str) -> str:
    """A text on one line, as a tag has it."""
    line = " ".join(plain_text(text).split())
    return line if len(line) <= _TITLE_CHARS else f"{line[: _TITLE_CHARS - 2].rpartition(' ')[0]} …"


def metadata(tags: Tags, *, as_comments: bool) -> str:
    """A metadata file of ffmpeg's; `as_comments`: chapters as Vorbis comments."""
    pairs = [("title", tags.title), ("album", tags.album), ("artist", "mockint"), ("genre", "Speech")]
    pairs += [("track", tags.track)] if tags.track else []
    blocks: list[str] = []
    for number, mark in enumerate(tags.marks):
        if as_comments:
            pairs += [(f"CHAPTER{number:03d}", _clock(mark.start)), (f"CHAPTER{number:03d}NAME", mark.title)]
        else:
            times = f"TIMEBASE=1/{sound.RATE}\nSTART={mark.start}\nEND={mark.end}"
            blocks.append(f"[CHAPTER]\n{times}\ntitle={_escaped(mark.title)}\n")
    head = "".join(f"{name}={_escaped(value)}\n" for name, value in pairs)
    return ";FFMETADATA1\n" + head + "".join(blocks)


def _marks(made: Made) -> tuple[Mark, ...]:
    marks, at = [], 0
    for chapter in made.chapters:
        end = at + frames(chapter, made.ease)
        marks.append(Mark(title=tag(chapter.chapter.title), start=at, end=end))
        at = end
    return tuple(marks)


def _name(number: int, chapter: Voiced, suffix: str) -> str:
    words = slug(chapter.chapter.title, 40)
    return f"{number:02d}{f'-{words}' if words else ''}{suffix}"


def _playlist(title: str, entries: Iterable[tuple[str, str, float]]) -> str:
    lines = ["#EXTM3U", f"#PLAYLIST:{tag(title)}"]
    for name, label, seconds in entries:
        lines += [f"#EXTINF:{round(seconds)},{label}", name]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", tag(text))


def _clock(at: int) -> str:
    milliseconds = round(at * 1000 / sound.RATE)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


# --- writing one file ----------------------------------------------------------------------------------------------


class _Sink(Protocol):
    async def put(self, data: bytes) -> None: ...


async def _write_file(pcm: Iterator[bytes], file: Path, target: Target, tags: Tags, on_frames: OnFrames) -> None:
    sink = _by_ffmpeg(file, target, tags) if target.ffmpeg else _by_libsndfile(file, target, tags)
    async with sink as out:
        for data in pcm:
            await out.put(data)
            on_frames(len(data) // _FRAME_BYTES)


@contextlib.asynccontextmanager
async def _by_libsndfile(file: Path, target: Target, tags: Tags) -> AsyncIterator[_Sink]:
    import soundfile  # noqa: PLC0415 - not needed before a programme is made

    assert target.form.by_libsndfile is not None
    form, subtype = target.form.by_libsndfile
    try:
        with soundfile.SoundFile(file, "w", sound.RATE, 1, subtype, format=form) as out:
            for name, value in (("title", tags.title), ("album", tags.album), ("tracknumber", tags.track)):
                if value:
                    setattr(out, name, value)
            yield _SoundFileSink(out)
    except soundfile.LibsndfileError as exc:
        raise AudioPackError(f"{target.path}: cannot be written ({exc}).", "Is the disk full?") from exc


class _SoundFileSink:
    def __init__(self, out: _Writable) -> None:
        self._out = out

    async def put(self, data: bytes) -> None:
        await asyncio.to_thread(self._out.buffer_write, data, "int16")


class _Writable(Protocol):
    def buffer_write(self, data: bytes, dtype: str) -> None: ...


@contextlib.asynccontextmanager
async def _by_ffmpeg(file: Path, target: Target, tags: Tags) -> AsyncIterator[_Sink]:
    assert target.ffmpeg is not None
    told = file.with_suffix(".ffmetadata")
    told.write_text(metadata(tags, as_comments=target.form.comments), "utf-8")
    errors = file.with_suffix(".log")
    with errors.open("wb") as log:
        command = _command(target.ffmpeg, target.form.encoder, told, file, bool(tags.marks))
        child = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL, stderr=log
        )
    try:
        assert child.stdin is not None
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it has ended, and its log says why
            yield _FfmpegSink(child.stdin)
            child.stdin.close()
            await child.stdin.wait_closed()
        if await child.wait():
            lines = errors.read_text("utf-8", "replace").strip().splitlines()
            why = plain_text(lines[-1]) if lines else "it gave no reason"
            raise AudioPackError(f"{target.path}: ffmpeg cannot write it ({why}).", "Free some space, or name OUT.ogg.")
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    told.unlink()
    errors.unlink()


class _FfmpegSink:
    def __init__(self, stdin: asyncio.StreamWriter) -> None:
        self._stdin = stdin

    async def put(self, data: bytes) -> None:
        self._stdin.write(data)
        await self._stdin.drain()


def _command(ffmpeg: str, encoder: Sequence[str], told: Path, file: Path, with_chapters: bool) -> list[str]:
    return [
        *(ffmpeg, "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe"),
        *("-f", "s16le", "-ar", str(sound.RATE), "-ac", "1", "-i", "pipe:0"),
        *("-protocol_whitelist", "file", "-f", "ffmetadata", "-i", f"file:{told}"),
        *("-map", "0:a", "-map_metadata", "1", "-map_chapters", "1" if with_chapters else "-1"),
        *encoder,
        f"file:{file}",
    ]
