"""Every illness of a recording gets its own sentence and a next step; a healthy one gets none."""

from __future__ import annotations

import pytest
from msgspec import structs

from mockint.audio.condition import how_to_allow, problems
from mockint.audio.port import Recording, SourceEnded

HEALTHY = Recording(
    path="answer.wav",
    duration_s=20.0,
    speech=((1.0, 9.0), (10.0, 19.0)),
    overflows=0,
    device="Mic",
    source_rate=48_000,
    peak=0.5,
)


def test_a_healthy_recording_has_no_problem() -> None:
    assert problems(HEALTHY) == ()
    assert problems(HEALTHY, SourceEnded(reason="finished")) == ()


@pytest.mark.parametrize(
    ("changes", "kind", "says"),
    [
        ({"duration_s": 0.0, "peak": 0.0, "speech": ()}, "empty", "empty"),
        ({"peak": 0.0, "speech": ()}, "withheld", "exact zeros"),
        ({"duration_s": 0.8, "peak": 0.0, "speech": ()}, "withheld", "exact zeros"),
        ({"peak": 0.01, "speech": ()}, "silent", "-40 dBFS"),
        ({"duration_s": 1.0, "speech": ((0.2, 0.9),)}, "short", "1.0 s"),
        ({"overflows": 1}, "gaps", "one place"),
        ({"overflows": 3}, "gaps", "3 places"),
        ({"clipped": 1000}, "clipped", "level is too high"),
    ],
)
def test_an_illness_has_its_own_sentence_and_a_next_step(changes: dict[str, object], kind: str, says: str) -> None:
    (problem,) = problems(structs.replace(HEALTHY, **changes))
    assert problem.kind == kind
    assert says in problem.message
    assert problem.hint.endswith(".")


def test_a_single_shout_is_not_called_clipped() -> None:
    assert problems(structs.replace(HEALTHY, peak=1.0, clipped=100)) == ()


@pytest.mark.parametrize(
    ("reason", "next_step"), [("device-lost", "microphone"), ("write-failed", "space"), ("damaged", "download")]
)
def test_a_recording_cut_off_says_where_and_why(reason: str, next_step: str) -> None:
    ended = SourceEnded(reason=reason, detail="why")  # type: ignore[arg-type]
    (problem,) = problems(HEALTHY, ended)
    assert problem.message == "the recording was cut off after 20 s (why)"
    assert next_step in problem.hint


def test_where_to_allow_the_microphone_is_said_for_every_system() -> None:
    assert "Privacy & Security > Microphone" in how_to_allow("darwin")
    assert "desktop apps" in how_to_allow("win32")
    assert "set-source-mute" in how_to_allow("linux")
