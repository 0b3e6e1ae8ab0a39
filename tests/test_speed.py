"""How fast the recognisers are is measured, kept, and told; the largest that keeps up is suggested."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from mockint import doctor, paths
from mockint.doctor import speed
from mockint.doctor.check import Check
from mockint.doctor.speed import Candidate, Speed

ALL: list[Candidate] = [("whisper", "small.en"), ("whisper", "base.en"), ("sphinx", "")]


def told() -> list[Check]:
    return doctor.examine((speed.speeds,))


Keep = Callable[..., None]


@pytest.fixture
def keep(home: Path, monkeypatch: pytest.MonkeyPatch) -> Keep:
    """Keeps measurements of this machine, on which all of `ALL` are installed."""
    monkeypatch.setattr(speed, "candidates", lambda: ALL)

    def write(factors: dict[Candidate, float], machine: str | None = None) -> None:
        values = [
            Speed(
                machine=machine or speed._machine(), engine=engine, model=model, version=speed._version(engine),
                factor=factor, load_s=1.0, measured="2026-05-01T10:00:00+00:00",
            )
            for (engine, model), factor in factors.items()
        ]  # fmt: skip
        paths.write_private(home / "speeds.json", msgspec.json.encode({"format": 1, "speeds": values}))

    return write


def test_the_embedded_recogniser_is_measured_and_remembered(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "SAMPLE_S", 4.0)
    assert [check.fix for check in told()] == ["mockint doctor --speed"]
    lines: list[str] = []
    (found,) = speed.measure(lines.append)
    assert lines == ["Measuring sphinx …"]
    assert found.factor > 0 and found.load_s >= 0 and found.version
    assert speed.known() == [found]
    assert (home / "speeds.json").stat().st_mode & 0o077 == 0
    assert any(check.detail.startswith(f"sphinx: {found.factor:.2f} s for each second") for check in told())


def test_a_recogniser_that_fails_is_told_and_the_others_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "SAMPLE_S", 2.0)
    lines: list[str] = []
    found = speed.measure(lines.append, [("whisper", "base.en"), ("sphinx", "")])
    assert [one.engine for one in found] == ["sphinx"]
    assert any("mockint models download whisper-base.en" in line for line in lines)


@pytest.mark.parametrize(
    ("factors", "best"),
    [
        ((0.9, 0.4, 0.2), "whisper small.en"),
        ((1.1, 0.99, 0.2), "whisper base.en"),
        ((3.0, 1.0, 0.69), "sphinx"),
        ((3.0, 2.0, 0.7), None),
    ],
)
def test_the_largest_that_keeps_up_is_suggested(keep: Keep, factors: tuple[float, ...], best: str | None) -> None:
    keep(dict(zip(ALL, factors, strict=True)))
    last = told()[-1]
    if best is None:
        assert last.status == "warn" and "no recogniser keeps up" in last.detail and last.fix
    elif best == "sphinx":  # `auto` takes it here, where no weights are
        assert last.status == "ok" and last.detail == "the largest that keeps up is in use: sphinx"
    else:
        assert last.detail == f"the largest that keeps up: {best}"
        assert f'engine = "whisper", model = "{best.split()[1]}"' in last.fix


def test_weights_in_use_are_known_by_name_or_path(home: Path, keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    file = paths.private_dir(home / "weights" / "whisper") / "base.en.pt"
    file.write_bytes(b"x")
    keep({("whisper", "small.en"): 3.0, ("whisper", "base.en"): 0.5, ("sphinx", ""): 0.2})
    for model in ("", "base.en", str(file)):
        monkeypatch.setenv("MOCKINT_TRANSCRIBE_MODEL", model)
        assert told()[-1].detail == "the largest that keeps up is in use: whisper base.en"


def test_what_another_machine_or_version_measured_does_not_count(keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    keep({("sphinx", ""): 0.2})
    assert len(speed.known()) == 1
    keep({("sphinx", ""): 0.2}, machine="Another processor, 64 cores")
    assert speed.known() == []
    keep({("sphinx", ""): 0.2})
    monkeypatch.setattr(speed, "_version", lambda engine: "99")
    assert speed.known() == []


@pytest.mark.parametrize("content", [b"", b"{", b'{"speeds": [{}]}', b"\xff", b"[" * 100_000])
def test_a_damaged_file_means_measuring_again(home: Path, content: bytes) -> None:
    paths.write_private(home / "speeds.json", content)
    assert speed.known() == []
    assert [check.status for check in told()] == ["info"]


def test_candidates_end_with_the_recogniser_that_is_always_there(home: Path) -> None:
    assert speed.candidates() == [("sphinx", "")]
    weights = paths.private_dir(home / "weights" / "whisper")
    for name in ("base.en", "tiny.en"):
        (weights / f"{name}.pt").write_bytes(b"x")
    assert speed.candidates() == [("whisper", "base.en"), ("whisper", "tiny.en"), ("sphinx", "")]
