"""What is heard, in order: chapters of things said, silences, time to think, and the user's own recordings. Pure.

Three kinds of programme:

- `practice`: question, time to think, key points, then the user's best answer and what it missed, or the model
  answer; after an area's last question its revision sheet, where something of it was missed;
- `review`: nothing to answer: area by area the revision sheet, where something was missed, then question, best answer
  and what it missed, key points and model answer; questions that were answered come before others;
- `drill`: question, time to think, key points, and on: as many questions as there is time for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from mockint.model import Question, Value
from mockint.report.sheet import Sheet, SheetQuestion, sentences, spoken_day

Kind = Literal["practice", "review", "drill"]

THINK_S = 20.0
"""Seconds to think that a programme is planned with; `fit` stretches or shortens them to meet its length (chosen)."""
_BREATH_S, _BETWEEN_S, _CHAPTER_S = 0.35, 0.9, 1.6
_SAID_AT_ONCE = 300
"""Characters: longer texts are spoken in pieces, between sentences."""
_CHARACTERS_PER_S = 15.0
"""Of speech at 160 words a minute, roughly."""
_POINTS_READ = 10
"""Points of a revision sheet that are read out: more than a listener keeps."""


class Say(Value, tag="say", frozen=True, kw_only=True):
    """Something said by the voice."""

    text: str


class Silence(Value, tag="silence", frozen=True, kw_only=True):
    """Nothing."""

    seconds: float


class Tick(Value, tag="tick", frozen=True, kw_only=True):
    """Time to think, with a soft tick each second."""

    seconds: float


class Play(Value, tag="play", frozen=True, kw_only=True):
    """A stretch of a recording by the user, in seconds of that recording; `end` None: to its end."""

    path: str
    start: float = 0.0
    end: float | None = None


Item = Say | Silence | Tick | Play


class Chapter(Value, frozen=True, kw_only=True):
    """A part of the programme that is never cut."""

    title: str
    items: tuple[Item, ...]
    question: str = ""
    """Id of the question it is about, where it is about one."""
    area: str = ""


class OwnTake(Value, frozen=True, kw_only=True):
    """The user's best answer to a question, to be heard."""

    day: str
    plays: tuple[Play, ...]
    missed: tuple[str, ...]
    """Key points, or parts of a story, that were not in it."""
    praise: str = ""
    """What is said where nothing is missed; empty: there was nothing to be missed."""


class Material(Value, frozen=True, kw_only=True):
    """A question with all that can be heard about it."""

    question: Question
    area_name: str
    own: OwnTake | None = None


def opening(title: str, kind: Kind, questions: int) -> Chapter:
    """What a programme begins with."""
    about = f"for {title}" if title else "for your interview"
    count = f"{questions} question{'' if questions == 1 else 's'}"
    what = {
        "practice": "After each question there is time to think, then you hear what a good answer holds.",
        "review": "Just listen: there is nothing to answer.",
        "drill": "After each question there is time to think, then you hear its key points.",
    }[kind]
    return Chapter(
        title="Introduction",
        items=(Say(text=f"This is your {kind} {about}: {count}."), Silence(seconds=_BREATH_S), Say(text=what), _END),
    )


def closing() -> Chapter:
    """What it ends with."""
    return Chapter(title="End", items=(Say(text="That was all. Now answer one of these questions aloud."), _END))


def question_chapter(material: Material, kind: Kind) -> Chapter:
    """One question as this kind of programme has it."""
    question, own = material.question, material.own
    items: list[Item] = [
        Say(text=f"{material.area_name}."),
        Silence(seconds=_BREATH_S),
        *_said(question.spoken or question.text),
        Silence(seconds=_BETWEEN_S),
    ]
    if kind != "review":
        items.append(Tick(seconds=THINK_S))
    if kind == "drill":
        items += _points(question) or _said(question.model_answer)
    elif kind == "practice":
        items += _points(question)
        items += _own(own) if own else _model(question)
    else:
        items += [*(_own(own) if own else ()), *_points(question), *_model(question)]
    return Chapter(title=question.text, items=(*items, _END), question=question.id, area=question.area)


def sheet_chapter(sheet: Sheet) -> Chapter | None:
    """A revision sheet read out: missed points first, then what was never answered, as far as ten points go."""
    items: list[Item] = []
    left = _POINTS_READ
    for head, questions in (("What you missed so far.", sheet.missed), ("What you have not answered yet.", sheet.open)):
        asked = [question for question in questions if question.points]
        for number, question in enumerate(asked):
            if left <= 0:
                break
            items += [Say(text=head), Silence(seconds=_BREATH_S)] if number == 0 else []
            items += _sheet_question(question, left)
            left -= len(question.points)
    if not items:
        return None
    title = f"Revision sheet: {sheet.title}"
    begin = (Say(text=f"{title}."), Silence(seconds=_BETWEEN_S))
    return Chapter(title=title, items=(*begin, *items, _END), area=sheet.area)


def in_order(kind: Kind, questions: Sequence[Chapter], sheets: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """Chapters in the order they are heard; `questions` are in the order an interview would ask them.

    A review goes area by area, each sheet first; elsewhere a sheet follows the last question about its area.
    """
    by_area = {sheet.area: sheet for sheet in sheets}
    heard: list[Chapter] = []
    if kind == "review":
        for area in dict.fromkeys(chapter.area for chapter in (*questions, *sheets)):
            heard += [by_area[area]] if area in by_area else []
            heard += [chapter for chapter in questions if chapter.area == area]
        return tuple(heard)
    last = {chapter.area: number for number, chapter in enumerate(questions)}
    for number, chapter in enumerate(questions):
        heard.append(chapter)
        if last[chapter.area] == number and chapter.area in by_area:
            heard.append(by_area.pop(chapter.area))
    return (*heard, *by_area.values())


def estimated_s(chapter: Chapter) -> float:
    """About how long a chapter is, before anything of it is spoken."""
    said = sum(len(item.text) for item in chapter.items if isinstance(item, Say)) / _CHARACTERS_PER_S
    still = sum(item.seconds for item in chapter.items if isinstance(item, Silence | Tick))
    played = sum((item.end or item.start) - item.start for item in chapter.items if isinstance(item, Play))
    return said + still + played


_END = Silence(seconds=_CHAPTER_S)


def _points(question: Question) -> list[Item]:
    if not question.key_points:
        return []
    count = len(question.key_points)
    items: list[Item] = [Say(text="The key point." if count == 1 else f"The {count} key points.")]
    for number, point in enumerate(question.key_points, start=1):
        items += [Silence(seconds=_BREATH_S), Say(text=f"{number}. {_sentence(point.text)}")]
    return [*items, Silence(seconds=_BETWEEN_S)]


def _model(question: Question) -> list[Item]:
    if not question.model_answer.strip():
        return []
    return [Say(text="A model answer."), Silence(seconds=_BREATH_S), *_said(question.model_answer)]


def _own(own: OwnTake) -> list[Item]:
    items: list[Item] = [Say(text=f"Your best answer, of {spoken_day(own.day)}."), Silence(seconds=_BREATH_S)]
    items += [*own.plays, Silence(seconds=_BETWEEN_S)]
    if not own.missed:
        return [*items, Say(text=own.praise)] if own.praise else items[:-1]
    items.append(Say(text="It missed:"))
    for point in own.missed:
        items += [Silence(seconds=_BREATH_S), Say(text=_sentence(point))]
    return [*items, Silence(seconds=_BETWEEN_S)]


def _sheet_question(question: SheetQuestion, most: int) -> Iterator[Item]:
    yield from _said(question.text)
    yield Silence(seconds=_BREATH_S)
    for point in question.points[:most]:
        yield Say(text=_sentence(point.text))
        yield Silence(seconds=_BREATH_S)
    if question.own_words:
        yield Say(text="You once said:")
        yield Silence(seconds=_BREATH_S)
        yield from _said(question.own_words)
    yield Silence(seconds=_BETWEEN_S)


def _said(text: str) -> list[Item]:
    """A text in pieces of a few sentences, with a breath between them."""
    pieces: list[str] = []
    for sentence in sentences(text):
        if pieces and len(pieces[-1]) + len(sentence) < _SAID_AT_ONCE:
            pieces[-1] += f" {sentence}"
        else:
            pieces.append(sentence)
    items: list[Item] = []
    for piece in pieces:
        items += [Say(text=piece), Silence(seconds=_BREATH_S)]
    return items[:-1]


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text[-1:] in ".!?" else f"{text}."
