"""An interview as lines of text does what the app does: how it felt, corrections, hearing it again."""

from __future__ import annotations

import io
import json
from pathlib import Path

import msgspec
import pytest

from mockint import plain
from mockint.config import InterviewSettings
from mockint.interview import Wishes
from tests.tui.fakes import FakeRuntime
from tests.tui.samples import QUESTIONS


@pytest.fixture
def runtime(tmp_path: Path) -> FakeRuntime:
    return FakeRuntime(tmp_path, questions=QUESTIONS[:1])


def held(
    runtime: FakeRuntime, typed: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    """What is printed when these lines are typed."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
    plain.interview(runtime, None, Wishes())
    return capsys.readouterr().out


def felt(runtime: FakeRuntime) -> str | None:
    (file,) = (runtime.folder / "sessions").glob("*/01/attempt.json")
    return str(json.loads(file.read_text("utf-8")).get("felt"))


def test_how_it_felt_is_kept_and_taken_back(
    runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = held(runtime, ["", "", "2", "q"], monkeypatch, capsys)
    assert "how it felt: 1 again, 2 hard, 3 good, 4 easy" in said and "it felt hard" in said
    assert felt(runtime) == "hard"


def test_the_same_feeling_once_more_takes_it_back(
    runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Taken back" in held(runtime, ["", "", "4", "4", "q"], monkeypatch, capsys)
    assert felt(runtime) == "None"


def test_a_sentence_is_corrected_and_the_answer_scored_again(
    runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = ["", "", "c", "c 9 no such sentence", "c 1 I moved Kafka in a week", "q"]
    said = held(runtime, typed, monkeypatch, capsys)
    assert "1: in my last role" in said and "Sentences are numbered 1 to" in said
    _, again = said.split("Scored again from your words:")
    assert "Corrected by you: I moved Kafka in a week" in again and "Structure" in again


def test_the_whole_answer_is_heard(
    runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runtime.fake_player.free.clear()
    held(runtime, ["", "", "p", "c 1 what takes a moment to be kept", "q"], monkeypatch, capsys)
    assert [name for name, *_ in runtime.fake_player.played][-1] == "answer.wav"
    assert runtime.fake_player.played[-1][1] == 0.0


def test_hints_are_counted_and_an_empty_typed_answer_leads_back(
    runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = held(runtime, ["i", "t", ".", "i", "p", "q"], monkeypatch, capsys)
    assert "(1 more: i)" in said
    assert said.index("a line with a single full stop ends it") < said.rindex("Enter: start answering")
    assert "Commands here: Enter, r, s, i, t, n" in said
    assert not list((runtime.folder / "sessions").glob("*/01/1"))


def test_ears_only_shows_the_question_when_asked_and_says_when_recording_starts(
    runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = InterviewSettings(ears_only=True, think_seconds=30)
    runtime.settings = msgspec.structs.replace(runtime.settings, interview=chosen)
    before, after = held(runtime, ["", "x", "v", "q"], monkeypatch, capsys).split("v: show it")
    assert QUESTIONS[0].text not in before and QUESTIONS[0].text in after
