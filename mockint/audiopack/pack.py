"""An audio pack from beginning to end: chapters chosen and spoken, fitted to a length, written, and moved in place.

Everything is made in a hidden folder beside the target, which is removed whatever happens: what is stopped or fails
leaves nothing behind, and what was there before is replaced only by a whole programme.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from mockint.audiopack import encode, sound
from mockint.audiopack.gather import Library
from mockint.audiopack.make import Made, Spool, Studio, filled
from mockint.audiopack.programme import (
    Chapter,
    Kind,
    closing,
    estimated_s,
    in_order,
    opening,
    question_chapter,
    sheet_chapter,
)
from mockint.audiopack.target import Target, check_room
from mockint.errors import AudioFileError, AudioPackError
from mockint.model import Question, Value
from mockint.speech.port import Speaker

SHORTEST_MIN, LONGEST_MIN = 2, 180
Progress = Callable[[int, int], None]
"""Told how far it is: so much of 100."""
_VOICED = 70
"""Of 100, when everything is spoken; the rest is writing."""


class Wanted(Value, frozen=True, kw_only=True):
    """What a programme should be."""

    kind: Kind
    minutes: int
    title: str
    """The job's."""


class Packed(Value, frozen=True, kw_only=True):
    """A programme that was written."""

    path: str
    seconds: float
    questions: int
    chapters: int
    left_out: tuple[str, ...]
    """Chapters with a recording that cannot be read, and why."""


class Source:
    """The chapters a programme is chosen from: questions in the order of their worth, revision sheets between them."""

    def __init__(
        self,
        kind: Kind,
        questions: Sequence[Question],
        ordered: Callable[[Sequence[Question]], Sequence[Question]],
        library: Library,
    ) -> None:
        """`ordered`: questions as an interview would ask them."""
        self.kind: Kind = kind
        self._questions = questions
        if kind == "review":  # what there is to look back on comes first
            self._questions = sorted(questions, key=lambda question: not library.was_answered(question))
        self._ordered = ordered
        self._library = library

    def chapters(self) -> Iterator[Chapter]:
        """All there is, best first. A sheet comes with the first question about its area."""
        seen: set[str] = set()
        for question in self._questions:
            if question.area not in seen:
                seen.add(question.area)
                yield from self._sheet(question.area)
            yield question_chapter(self._library.material(question), self.kind)

    def arranged(self, taken: Sequence[Chapter]) -> tuple[Chapter, ...]:
        """What was taken in the order it is heard."""
        by_id = {chapter.question: chapter for chapter in taken if chapter.question}
        asked = self._ordered([question for question in self._questions if question.id in by_id])
        sheets = [chapter for chapter in taken if not chapter.question]
        return in_order(self.kind, [by_id[question.id] for question in asked], sheets)

    def live(self, minutes: int, title: str) -> tuple[Chapter, ...]:
        """A whole programme to be played at once, of about `minutes`: how long it is to speak is estimated."""
        taken: list[Chapter] = []
        left_s = 60.0 * minutes
        for chapter in self.chapters():
            if taken and left_s <= 0:
                break
            taken.append(chapter)
            left_s -= estimated_s(chapter)
        questions = sum(bool(chapter.question) for chapter in taken)
        return (opening(title, self.kind, questions), *self.arranged(taken), closing())

    def question(self, chapter: Chapter) -> Question | None:
        """The question a chapter is about."""
        return next((one for one in self._questions if one.id and one.id == chapter.question), None)

    def _sheet(self, area: str) -> Iterator[Chapter]:
        if self.kind == "drill":
            return
        found = self._library.sheet(area)
        chapter = sheet_chapter(found) if found.missed else None  # the questions themselves read the rest
        if chapter:
            yield chapter


async def pack(
    wanted: Wanted, source: Source, speakers: Sequence[Speaker], target: Target, progress: Progress
) -> Packed:
    """Make a programme and put it where `target` says.

    Raises AudioPackError, SpeechError. Cancelling stops the voices and the encoder, and leaves no file.
    """
    check_room(target, wanted.minutes * 60)
    try:
        # Beside the target: moving it in place is then one step, and the room that was looked for is there.
        with tempfile.TemporaryDirectory(prefix=f".{target.path.name}.", dir=target.path.absolute().parent) as work:
            return await _pack(wanted, source, speakers, target, Path(work), progress)
    except OSError as exc:
        raise AudioPackError(
            f"{target.path}: cannot be written: {exc.strerror or exc}.", "Free some space or name another place."
        ) from exc
    finally:
        for speaker in speakers:
            await speaker.close()


async def _pack(
    wanted: Wanted, source: Source, speakers: Sequence[Speaker], target: Target, work: Path, progress: Progress
) -> Packed:
    left_out: list[str] = []

    def leave_out(chapter: Chapter, why: AudioFileError) -> None:
        left_out.append(f"{chapter.title}: {why.message}")

    spool = Spool(work / "spool")
    try:
        studio = Studio(speakers, spool)
        around = (opening(wanted.title, source.kind, 99), closing())
        taken, fitting = await filled(
            studio,
            source.chapters(),
            around,
            wanted.minutes * 60.0,
            lambda share: progress(round(share * _VOICED), 100),
            leave_out,
        )
        questions = sum(bool(one.chapter.question) for one in taken)
        if not questions:
            raise AudioPackError(f"{wanted.minutes} minutes are too short for one question.", "Wish for more.")
        first = await studio.voice(opening(wanted.title, source.kind, questions))
        voiced = {one.chapter: one for one in taken}
        arranged = (voiced[chapter] for chapter in source.arranged([*voiced]))
        chapters = (first, *arranged, await studio.voice(around[1]))
        made = Made(chapters=chapters, ease=fitting.ease)
        file = await encode.write(made, spool, target, _title(wanted), work, _written(made, progress))
        _move_in_place(file, target.path, work / "before")
    finally:
        spool.close()
    return Packed(
        path=str(target.path),
        seconds=made.seconds,
        questions=questions,
        chapters=len(chapters),
        left_out=tuple(left_out),
    )


def _move_in_place(file: Path, target: Path, before: Path) -> None:
    """Put a file or folder where it belongs; a folder there before gives way, and is back where that fails."""
    replaced = target.is_dir()  # it holds nothing but a pack: `target` looked
    if replaced:
        target.replace(before)
    try:
        file.replace(target)
    except OSError:
        if replaced:
            before.replace(target)
        raise


def _title(wanted: Wanted) -> str:
    kind = {"practice": "Interview practice", "review": "Interview review", "drill": "Interview drill"}[wanted.kind]
    return f"{kind}: {wanted.title}" if wanted.title else kind


def _written(made: Made, progress: Progress) -> encode.OnFrames:
    total, done = max(1.0, made.seconds * sound.RATE), 0

    def on_frames(count: int) -> None:
        nonlocal done
        done += count
        progress(_VOICED + round((100 - _VOICED) * done / total), 100)

    return on_frames
