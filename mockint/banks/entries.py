"""The written form of a bank, and the problems in it: every one, each with its line, entry and field."""

from __future__ import annotations

import re
from typing import Annotated, Any, NamedTuple, get_args

import msgspec
from msgspec import Meta

from mockint.banks.document import Document, Path
from mockint.errors import nearest
from mockint.model import Bank, Difficulty, Expects, KeyPoint, Kind, Question, Value

_ID = r"^[a-z0-9][a-z0-9-]{0,63}\Z"
_WRITTEN = r"\S"

Id = Annotated[str, Meta(pattern=_ID)]
Text = Annotated[str, Meta(pattern=_WRITTEN, max_length=2_000)]
LongText = Annotated[str, Meta(pattern=_WRITTEN, max_length=10_000)]
Phrase = Annotated[str, Meta(pattern=_WRITTEN, max_length=300)]


class Problem(Value, frozen=True, kw_only=True):
    """Something wrong in a bank."""

    file: str
    line: int
    """1-based; 0 where no line can be named."""
    entry: str
    """Id of the question, or its place (`question 3`); empty for the bank itself."""
    field: str
    message: str
    """What is wrong and, where a known name is near, which was probably meant."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.entry, self.field, self.message) if part)


def _about(text: str) -> Meta:
    """What an editor says about a field."""
    return Meta(description=text)


class WrittenPoint(msgspec.Struct, forbid_unknown_fields=True):
    """A key point that is more than its text."""

    text: Annotated[Phrase, _about("The point in a few words.")]
    aliases: Annotated[tuple[Phrase, ...], _about("Other ways people say it; any one of them counts.")] = ()
    weight: Annotated[
        float, Meta(gt=0, le=10), _about("Importance relative to the question's other points (1 where not given).")
    ] = 1.0


class WrittenQuestion(msgspec.Struct, forbid_unknown_fields=True):
    """One entry of `questions`."""

    id: Annotated[Id, _about("Name of the question, used once over all banks: small letters, digits and -.")]
    question: Annotated[Text, _about("The question as it is shown, and read out where `spoken` is not given.")]
    kind: Annotated[Kind, _about("What sort of question it is.")]
    spoken: Annotated[Text, _about("How a voice says it, where the question holds signs a voice stumbles on.")] = ""
    expects: Annotated[
        Expects | None, _about("What shape of answer is looked for; where not given, decided from the wording.")
    ] = None
    difficulty: Annotated[Difficulty, _about("How hard it is (medium where not given).")] = "medium"
    tags: Annotated[tuple[Phrase, ...], _about("Words for what it is about.")] = ()
    key_points: Annotated[
        tuple[Phrase | WrittenPoint, ...],
        _about("What a good answer says: what coverage looks for. Without them it goes by the model answer."),
    ] = ()
    model_answer: Annotated[LongText, _about("A good answer as one would say it, one to two minutes long.")] = ""
    follow_ups: Annotated[tuple[Text, ...], _about("Questions an interviewer would ask next.")] = ()
    reading: Annotated[tuple[Phrase, ...], _about("Where to read more.")] = ()


class WrittenBank(msgspec.Struct, forbid_unknown_fields=True):
    """The top of a file."""

    area: Annotated[Id, _about("Id of the focus area: small letters, digits and -.")]
    title: Annotated[Phrase, _about("Name of the focus area as people read it.")]
    questions: Annotated[tuple[Any, ...], Meta(min_length=1)]


class Reading(NamedTuple):
    """What a file holds: a bank, or the reasons why not."""

    bank: Bank | None
    problems: tuple[Problem, ...]
    ids: dict[str, int]
    """Line of each id given to a question."""
    file: str


def read(document: Document, file: str) -> Reading:
    """Check a document and turn it into a bank; nothing is raised."""
    reader = _Reader(document, file)
    bank = reader.bank()
    return Reading(
        None if reader.problems else bank,
        tuple(sorted(reader.problems, key=lambda problem: problem.line)),
        reader.ids,
        file,
    )


class _Reader:
    """Goes through a document, noting problems on the way."""

    def __init__(self, document: Document, file: str) -> None:
        self._document = document
        self._file = file
        self.problems: list[Problem] = []
        self.ids: dict[str, int] = {}

    def bank(self) -> Bank | None:
        raw = self._document.value
        written = self._fields(WrittenBank, raw, (), "")
        entries = raw.get("questions") if isinstance(raw, dict) else None
        questions = [
            self._question(entry, place) for place, entry in enumerate(entries if isinstance(entries, list) else [])
        ]
        if written is None:
            return None
        area = written["area"]
        return Bank(
            area=area,
            title=written["title"].strip(),
            questions=tuple(msgspec.structs.replace(question, area=area) for question in questions if question),
            path=self._file,
        )

    def _question(self, raw: Any, place: int) -> Question | None:
        at = ("questions", place)
        entry = self._claim_id(raw, at) or f"question {place + 1}"
        written = self._fields(WrittenQuestion, raw, at, entry)
        if written is None:
            return None
        return Question(
            id=written["id"],
            text=written["question"].strip(),
            kind=written["kind"],
            spoken=written["spoken"].strip(),
            expects=written["expects"],
            difficulty=written["difficulty"],
            tags=written["tags"],
            key_points=tuple(_key_point(point) for point in written["key_points"]),
            model_answer=written["model_answer"].strip(),
            follow_ups=tuple(text.strip() for text in written["follow_ups"]),
            reading=written["reading"],
        )

    def _claim_id(self, raw: Any, at: Path) -> str:
        """The entry's id if it has a usable one, noted as a problem where another entry has it already."""
        own = raw.get("id") if isinstance(raw, dict) else None
        if not isinstance(own, str) or not re.match(_ID, own):
            return ""
        if own in self.ids:
            self._note((*at, "id"), own, "id", f'"{own}" is already used on line {self.ids[own]}')
        self.ids.setdefault(own, self._document.line((*at, "id")))
        return own

    def _fields(self, form: type[msgspec.Struct], raw: Any, at: Path, entry: str) -> dict[str, Any] | None:
        """Values of the fields of `form`, or None when any is wrong."""
        if not isinstance(raw, dict):
            self._note(at, entry, "", f"expected fields (name: value), found {_kind(raw)}")
            return None
        fields = {field.name: field for field in msgspec.structs.fields(form)}
        wrong = len(self.problems)
        for name in raw:
            if name not in fields:
                self._note((*at, name), entry, name, f"there is no such field.{nearest(name, fields)}")
        values = {name: field.default for name, field in fields.items()}
        for name, field in fields.items():
            if name in raw:
                values[name] = self._convert(raw[name], field, (*at, name), entry)
            elif field.required:
                self._note(at, entry, name, "this field is missing")
        return values if len(self.problems) == wrong else None

    def _convert(self, raw: Any, field: msgspec.structs.FieldInfo, at: Path, entry: str) -> Any:
        try:
            return msgspec.convert(raw, field.type)
        except msgspec.ValidationError as exc:
            reason, inner = _reason_and_path(exc)
            self._note(
                (*at, *inner), entry, _dotted((field.name, *inner)), _explain(reason, _at(raw, inner), field.type)
            )
            return None

    def _note(self, at: Path, entry: str, field: str, message: str) -> None:
        line = self._document.line(at)
        self.problems.append(Problem(file=self._file, line=line, entry=entry, field=field, message=message))


def _key_point(written: str | WrittenPoint) -> KeyPoint:
    if isinstance(written, str):
        return KeyPoint(text=written.strip())
    return KeyPoint(text=written.text.strip(), aliases=written.aliases, weight=written.weight)


_PATH = re.compile(r"^(?P<reason>.*?)(?: - at `\$(?P<path>.*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")


def _reason_and_path(exc: msgspec.ValidationError) -> tuple[str, Path]:
    """Split msgspec's "reason - at `$.a[0]`"."""
    found = _PATH.match(str(exc))
    assert found is not None
    steps = _STEP.findall(found["path"] or "")
    return found["reason"], tuple(name or int(number) for name, number in steps)


def _explain(reason: str, raw: Any, kind: Any) -> str:
    """Put msgspec's reason in words for people who write banks."""
    if reason.startswith("Invalid enum value"):
        choices = _choices(kind)
        return f'"{raw}" is not one of {", ".join(choices)}.{nearest(str(raw), choices)}'
    if reason.startswith("Object contains unknown field"):
        name = reason.split("`")[1]
        return f'there is no such field "{name}".{nearest(name, WrittenPoint.__struct_fields__)}'
    if reason.startswith("Expected `array`"):
        return "the list is empty" if "length" in reason else f"expected a list, found {_kind(raw)}"
    return _explain_text(reason, raw)


def _explain_text(reason: str, raw: Any) -> str:
    if reason.endswith(repr(_WRITTEN)):
        return "this text is blank"
    if reason.endswith(repr(_ID)):
        return f'"{str(raw)[:80]}" is no id: lower-case letters, digits and "-", at most 64, such as rest-idempotency'
    if isinstance(raw, bool | int | float) and "`str" in reason:
        return f"expected text, found {_kind(raw)}; put it in quotes"
    return reason[0].lower() + reason[1:].replace("`", "")


def _choices(kind: Any) -> tuple[str, ...]:
    """Values of a Literal, however it is annotated or optional."""
    parts = get_args(kind)
    return tuple(part for part in parts if isinstance(part, str)) or tuple(
        choice for part in parts for choice in _choices(part)
    )


def _at(raw: Any, path: Path) -> Any:
    for step in path:
        raw = raw[step]
    return raw


def _dotted(path: Path) -> str:
    """Write a path as `key_points[2].weight`, counting from 1 as people do."""
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def _kind(raw: Any) -> str:
    if raw is None:
        return "nothing"
    names = {dict: "fields", list: "a list", str: "text", bool: "yes/no", int: "a number", float: "a number"}
    return names[type(raw)]
