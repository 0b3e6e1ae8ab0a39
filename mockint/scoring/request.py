"""One score request as a line of JSON, and its answer.

A request is `{"id", "question", "text"}` for a typed answer or `{"id", "question", "words", "duration_s", "speech",
"fillers"}` for a spoken one, with an optional `job`. Unknown keys are ignored; a missing confidence counts as 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from mockint.config import ScoringSettings
from mockint.errors import MockintError, RequestError
from mockint.model import Filler, Job, Question, Span, Transcript, Word, typed_transcript
from mockint.scoring.card import score

_T = TypeVar("_T")
JobLoader = Callable[[str], Job]


def answer_line(
    line: str | bytes, load_job: JobLoader | None = None, settings: ScoringSettings | None = None
) -> dict[str, Any]:
    """Answer one request: `{"id", "card"}`, or `{"id", "error"}` naming the field that is wrong; never raises.

    `load_job` turns a path given as `job` into a Job; it may raise MockintError.
    """
    request_id: Any = None
    try:
        request = _decode(line)
        request_id = request.get("id")
        question = _question(request)
        card = score(question, _transcript(request), _job(request.get("job"), load_job), settings)
    except MockintError as exc:
        return {"id": request_id, "error": str(exc)}
    except Exception as exc:  # whatever it is, the lines after this one are answered
        return {"id": request_id, "error": f"This is a bug in mockint: {exc!r}"}
    return {"id": request_id, "card": msgspec.to_builtins(card)}


def _decode(line: str | bytes) -> dict[str, Any]:
    try:
        request = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as exc:
        raise RequestError(f"The line is not JSON: {exc}.", "Write one JSON object per line.") from exc
    if not isinstance(request, dict):
        raise RequestError("The line is not a JSON object.", "Write one JSON object per line.")
    return request


def _question(request: dict[str, Any]) -> Question:
    raw = request.get("question")
    if not isinstance(raw, dict):
        raise RequestError("question: an object is needed.", 'Give {"question": {"text": …, "kind": …}}.')
    points = raw.get("key_points")
    if isinstance(points, list):
        raw = raw | {"key_points": [{"text": point} if isinstance(point, str) else point for point in points]}
    return _convert({k: v for k, v in raw.items() if v is not None}, Question, "question")


def _transcript(request: dict[str, Any]) -> Transcript:
    if request.get("words") is None:
        if not isinstance(request.get("text"), str):
            raise RequestError("text: a string is needed, or words.", "Give the answer as text or as words with times.")
        return typed_transcript(request["text"])
    words = request["words"]
    if isinstance(words, list):
        words = [{"confidence": 1.0, **word} if isinstance(word, dict) else word for word in words]
    spoken = Transcript(
        engine=request["engine"] if isinstance(request.get("engine"), str) else "request",
        duration_s=_optional(request, "duration_s", float),
        words=_convert(words, tuple[Word, ...], "words"),
        fillers=_optional(request, "fillers", tuple[Filler, ...]),
        speech=_optional(request, "speech", tuple[Span, ...]),
        syllables=_optional(request, "syllables", int),
    )
    check(spoken)
    text = " ".join(word.text for word in spoken.words)
    length = max((word.end for word in spoken.words), default=0.0)
    return msgspec.structs.replace(
        spoken, text=text, duration_s=length if spoken.duration_s is None else spoken.duration_s
    )


def check(transcript: Transcript) -> None:
    """Raise RequestError for times that are no times (negative, endless, out of order) or confidences outside 0–1."""
    spans = {
        "words": [(word.start, word.end) for word in transcript.words],
        "fillers": [(filler.start, filler.end) for filler in transcript.fillers or ()],
        "speech": list(transcript.speech or ()),
    }
    for name, times in spans.items():
        before = 0.0
        for i, (start, end) in enumerate(times):
            if not (math.isfinite(end) and before <= start <= end):
                raise RequestError(
                    f"{name}[{i}]: {start} to {end} is no time after the one before it.",
                    "Give seconds from the start, in order, end not before start.",
                )
            before = start
    for i, word in enumerate(transcript.words):
        if not 0 <= word.confidence <= 1:
            raise RequestError(f"words[{i}].confidence: {word.confidence} is not between 0 and 1.", "Correct it.")
    if transcript.duration_s is not None and not (math.isfinite(transcript.duration_s) and transcript.duration_s >= 0):
        raise RequestError(f"duration_s: {transcript.duration_s} is no length.", "Give seconds.")


def _job(raw: object, load_job: JobLoader | None) -> Job | None:
    if raw is None:
        return None
    if isinstance(raw, str):
        if load_job is None:
            raise RequestError("job: a path cannot be read here.", "Give the job as a JSON object.")
        return load_job(raw)
    return _convert(raw, Job, "job")


def _optional(request: dict[str, Any], field: str, kind: type[_T]) -> _T | None:
    raw = request.get(field)
    return None if raw is None else _convert(raw, kind, field)


def _convert(raw: object, kind: type[_T], field: str) -> _T:
    try:
        return msgspec.convert(raw, kind)
    except (msgspec.ValidationError, RecursionError) as exc:
        message = str(exc).replace("`$", f"`{field}")
        raise RequestError(f"{field}: {message}.", "Correct the field.") from exc
