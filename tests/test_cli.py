"""The commands as people and scripts call them."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from mockint import files, scoring
from mockint.errors import RequestError
from mockint.files import read_transcript
from mockint.model import Question, typed_transcript
from mockint.records import TakeFile
from mockint.sessions import SessionStore
from tests.support.app import MOCKINT, wait_until_gone
from tests.support.soundcard import flite

QUESTION = {
    "text": "Which HTTP methods are idempotent?",
    "kind": "technical",
    "key_points": ["repeating a PUT leaves the same state", {"text": "GET changes nothing", "weight": 2}],
}
ANSWER = "Repeating a PUT leaves the same state on the server, so a client can safely send it again."


def mockint(*args: str | Path, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    command = [*MOCKINT, *(str(a) for a in args)]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, check=False, env={**os.environ, **env}, timeout=150
    )


def ok(*args: str | Path, stdin: str = "") -> str:
    done = mockint(*args, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return done.stdout


def answers(*requests: object) -> list[dict[str, Any]]:
    lines = "\n".join(r if isinstance(r, str) else json.dumps(r) for r in requests)
    return [json.loads(line) for line in ok("score", "--jsonl", "-", stdin=lines).splitlines()]


def test_requests_are_answered_in_order_and_bad_ones_do_not_stop_the_rest() -> None:
    timed = [
        {"text": w, "start": 0.5 + i * 0.4, "end": 0.8 + i * 0.4, "confidence": 0.9}
        for i, w in enumerate(ANSWER.split())
    ]
    typed, bad, spoken, nothing = answers(
        {"id": "a1", "question": QUESTION, "text": ANSWER},
        "{not json",
        {"id": "a2", "question": QUESTION, "words": timed, "duration_s": 8.0, "fillers": []},
        {"id": "a3", "question": QUESTION, "text": ""},
    )
    assert typed["id"] == "a1"
    points = typed["card"]["coverage"]["points"]
    assert [p["status"] for p in points] == ["explained", "missing"]
    assert points[0]["findings"][0]["start_s"] is None
    assert "error" in bad
    assert spoken["card"]["delivery"]["pauses_source"] == "words"
    assert spoken["card"]["coverage"]["points"][0]["findings"][0]["start_s"] >= 0.5
    assert nothing["card"]["coverage"]["level"] is None and nothing["card"]["coverage"]["reason"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe\x00", "is no transcript"),
        (b"[" * 200_000, "is no transcript"),
        (b'{"engine": "x", "words": [{"text": "a", "start": -1, "end": 1, "confidence": 1}]}', "words[0]: -1"),
        (
            b'{"engine": "x", "words": [{"text": "a", "start": 5, "end": 6, "confidence": 1},'
            b'{"text": "b", "start": 1, "end": 2, "confidence": 1}]}',
            "words[1]",
        ),
        (b'{"engine": "x", "words": [{"text": "a", "start": 0, "end": NaN, "confidence": 1}]}', "is no transcript"),
        (b'{"engine": "x", "duration_s": "long"}', "duration_s"),
    ],
)
def test_a_hostile_transcript_is_refused_naming_file_and_place(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "said.json"
    file.write_bytes(content)
    with pytest.raises(RequestError) as raised:
        read_transcript(file)
    assert str(file) in raised.value.message and says in raised.value.message
    assert "mockint transcribe" in raised.value.hint


def test_a_line_without_end_is_answered_and_the_next_ones_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 8)
    assert list(files.bounded_lines(io.BytesIO(b"short\n" + b"x" * 100 + b"\n1234567\nlast"))) == [
        b"short\n",
        b"xxxxxxxx",
        b"1234567\n",
        b"last",
    ]


def test_a_card_has_the_documented_fields() -> None:
    (answer,) = answers({"id": "a", "question": QUESTION, "text": "It is safe to send a PUT again."})
    card = answer["card"]
    assert set(card) >= {
        "version",
        "transcript_quality",
        "structure",
        "coverage",
        "delivery",
        "strength",
        "suggestions",
    }
    assert set(card["structure"]) >= {"level", "level_range", "reason", "is_story", "result_grade", "sentences"}
    assert set(card["coverage"]) >= {"level", "level_range", "reason", "share", "points", "focus_areas"}
    assert set(card["delivery"]) >= {"words_per_minute", "fillers", "pauses", "pauses_source", "thinking_s", "pace"}


def test_sessions_are_searched(home: Path) -> None:
    assert "No sessions yet" in ok("history")
    store = SessionStore(home / "sessions")
    session = store.add_attempt(store.create(None, {}), Question(text="Which HTTP methods repeat?", kind="technical"))
    ref = store.start_take(session.id, "01", TakeFile(started=session.started, source="typed"))
    store.add_transcript(ref, typed_transcript(ANSWER))
    store.finish(session)
    assert f"{session.id}  0 of 1 answered" in ok("history", "--search", "safely clients")
    assert "  question 1: Repeating a PUT leaves" in ok("history", "--search", "states")
    (row,) = json.loads(ok("history", "--json", "--search", "methods"))
    assert row["matches"] == [{"attempt": "01", "quote": "Which HTTP methods repeat?"}]
    assert ok("history", "--search", "gardening [b]") == 'No session has all the words of "gardening [b]".\n'
    assert json.loads(ok("history", "--json", "--search", "../..")) == []


def test_focus_areas_are_edited_and_the_edit_stays(tmp_path: Path) -> None:
    posting = tmp_path / "job.md"
    posting.write_text("# Python Developer\n\n- Django, Kafka, Docker", "utf-8")
    first = ok("job", posting, "--set", "Testing=30%", "--drop", "Kafka")
    assert "30%  Testing: set by you" in first
    assert "Kafka" not in first
    assert ok("job", posting) == first
    assert json.loads(ok("job", posting, "--json"))["edited"]
    assert "Kafka" in ok("job", posting, "--keep", "Kafka")
    assert "Testing" not in ok("job", posting, "--reset")


def test_an_interview_is_for_the_job_named_else_for_the_one_used_last(tmp_path: Path) -> None:
    file = tmp_path / "job.txt"
    file.write_text("Web Developer\n\nMeditab helps hospitals save time.\n\nRequirements:\n- React\n", "utf-8")
    silent = {"MOCKINT_SPEECH_ENABLED": "false"}
    asked = ("interview", "--plain", "--question", "job-react-experience", "--question", "job-design-healthcare")
    for args, env in (((*asked, "--job", file), silent), (asked, {**silent, "MOCKINT_INTERVIEW_JOB": str(file)})):
        done = mockint(*args, stdin="n\nq\n", **env)
        assert "Interview for Web Developer at Meditab." in done.stdout, done.stderr
        assert "How have you used React?" in done.stdout
        assert "(from the job's words; no key points: coverage is not measured)" in done.stdout
        assert 'The posting says: "Meditab helps hospitals save time."' in done.stdout
    gone = mockint("interview", "--plain", "--questions", "1", stdin="q\n", MOCKINT_INTERVIEW_JOB="gone.txt", **silent)
    assert "gone.txt: there is no such file" in gone.stdout and "The shipped sample job" in gone.stdout


def test_a_session_is_written_as_a_report(home: Path, tmp_path: Path) -> None:
    store = SessionStore(home / "sessions")
    question = Question(text="Which HTTP methods repeat?", kind="technical")
    session = store.add_attempt(store.create(None, {}), question)
    ref = store.start_take(session.id, "01", TakeFile(started=session.started, source="typed"))
    said = typed_transcript(ANSWER)
    store.add_card(ref, store.add_transcript(ref, said), scoring.score(question, said))
    store.finish(session)
    page, text = tmp_path / "r.html", tmp_path / "r.md"
    assert ok("report", "latest", "--html", page) == f"Written: {page}\n"
    assert ok("report", session.id, "--markdown", text) == f"Written: {text}\n"
    assert "safely send it again." in page.read_text("utf-8") and "safely send it again." in text.read_text("utf-8")
    for form, file in (("--html", page), ("--markdown", text)):
        ok("report", "latest", form, file, "--redact")
    safe = [page.read_text("utf-8"), text.read_text("utf-8"), ok("report", "latest", "--redact")]
    safe.append(ok("report", "latest", "--redact", "--json"))
    assert all("Which HTTP methods repeat?" in form and "safely" not in form for form in safe)
    assert json.loads(safe[-1])["attempts"][0]["takes"][0]["transcript"]["text"] == "(18 words)"


def test_a_job_is_read() -> None:
    posting = Path(__file__).parent.parent / "question_banks" / "jobs" / "python-backend-logistics.md"
    job = json.loads(ok("job", posting, "--json"))
    assert "Python" in job["title"]
    assert {"Python", "Docker"} <= {term["name"] for area in job["focus_areas"] for term in area["terms"]}
    assert sum(area["weight"] for area in job["focus_areas"]) == pytest.approx(1.0)


def test_banks_are_listed_and_checked(tmp_path: Path) -> None:
    banks = json.loads(ok("bank", "list", "--json"))
    shipped = sorted((Path(__file__).parent.parent / "question_banks").glob("*.yaml"))
    assert len(banks) == len(shipped) >= 10 and all(len(bank["questions"]) >= 4 for bank in banks)
    assert "all well" in ok("bank", "check", *shipped)
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("area: x\ntitle: X\nquestions:\n  - id: a\n    questoin: Why?\n    kind: technical\n")
    done = mockint("bank", "check", wrong)
    assert done.returncode == 1
    assert "wrong.yaml" in done.stderr and "questoin" in done.stderr and "question" in done.stderr


def test_a_written_answer_is_scored(tmp_path: Path) -> None:
    file = tmp_path / "answer.txt"
    file.write_text(ANSWER)
    card = json.loads(ok("score", "--text", file, "--question", "rest-idempotency", "--json"))["card"]
    assert card["delivery"]["reason"] == "typed"


def test_the_doctor_answers_whatever_is_missing() -> None:
    done = mockint("doctor", "--json", MOCKINT_SPEECH_RATE="fast")
    assert done.returncode == 0
    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert checks["settings"]["status"] == "fail" and "MOCKINT_SPEECH_RATE" in checks["settings"]["detail"]
    assert checks["question banks"]["status"] == "ok"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["report", "nothing"], "There is no session nothing"),
        (["transcribe", "missing.wav"], "missing.wav"),
        (["score", "--text", "missing.txt"], "missing.txt"),
        (["job", "missing.md"], "missing.md"),
        (["score", "--text", __file__, "--question", "rest-idempotence"], "rest-idempotency"),
        (["transcribe", __file__], "test_cli.py"),
        ([], "terminal"),
    ],
)
def test_a_users_error_is_one_line_and_status_1(args: list[str], says: str) -> None:
    done = mockint(*args)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1 and says in done.stderr


@pytest.mark.parametrize("args", [["--keep", "x.wav"], ["--voice", "--json"], ["--voice", "--speed"]])
def test_what_the_doctor_would_ignore_is_wrong_usage(args: list[str]) -> None:
    done = mockint("doctor", *args)
    assert (done.returncode, done.stdout) == (2, "") and "--voice" in done.stderr


def test_a_name_that_is_taken_is_told_before_anything_is_read_aloud() -> None:
    done = mockint("doctor", "--voice", "--keep", __file__)
    assert (done.returncode, done.stdout) == (1, "")
    assert "is there already" in done.stderr and len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "id", ["latest", "../../etc", "/etc/passwd", "latest/..", "", "\x1b]0;x\x07", "x" * 5000, "\udcff"]
)
def test_an_id_never_leaves_the_sessions_directory(home: Path, id: str) -> None:
    (home / "sessions").mkdir(parents=True)
    (home / "session.json").write_text('{"id": "outside", "started": "x"}')
    done = mockint("report", id)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1 and len(done.stderr) < 300 and "\x1b" not in done.stderr
    assert "There is no session" in done.stderr and "mockint " in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["nonsense"],
        ["score"],
        ["doctor", "--keep", "x.wav"],
        ["interview", "--questions", "0"],
        ["report"],
        ["report", "latest", "--json", "--html", "x.html"],
        ["report", "latest", "--no-audio"],
    ],
)
def test_wrong_usage_is_status_2(args: list[str]) -> None:
    assert mockint(*args).returncode == 2


@pytest.mark.parametrize("command", [["history"], ["demo"], ["interview", "--plain"], ["transcribe", "x.wav"]])
def test_a_home_that_cannot_be_written_is_one_line_and_a_way_out(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "file").touch()
    done = mockint(*command, MOCKINT_HOME=str(tmp_path / "file" / "home"))
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert str(tmp_path / "file" / "home") in line
    assert "MOCKINT_HOME" in line


@pytest.mark.parametrize(
    ("name", "content"),
    [("notes.txt", b"To be, or not to be"), ("torn.wav", b"RIFF\x10\0\0\0WAVEfmt "), ("x.mp3", bytes(5000))],
)
def test_what_is_no_sound_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    done = mockint("transcribe", tmp_path / name)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert name in line
    assert "Give a sound file" in line


def test_a_recording_of_exact_zeros_is_not_scored_as_silence(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "zeros.wav", np.zeros(32_000, np.int16), 16_000)
    card = json.loads(ok("score", tmp_path / "zeros.wav", "--json"))["card"]
    assert card["coverage"]["level"] is None
    assert "withholding the microphone" in card["coverage"]["reason"]
    assert card["transcript_quality"]["status"] == "unusable"


def three_hours(path: Path) -> Path:
    """A sentence every minute, for three hours, at 8 kHz."""
    said, _ = soundfile.read(flite("We moved the whole project in one week.", path.with_suffix(".wav")), dtype="int16")
    minute = np.zeros(60 * 8000, np.int16)
    minute[8000 : 8000 + len(said[::2])] = said[::2]
    with soundfile.SoundFile(path, "w", 8000, 1) as sound:
        for _ in range(180):
            sound.write(minute)
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="reads memory from /proc")
@pytest.mark.soundcard
def test_a_file_of_three_hours_shows_how_far_it_is_stays_small_and_can_be_stopped(tmp_path: Path, home: Path) -> None:
    ours, theirs = pty.openpty()
    command = [*MOCKINT, "transcribe", str(three_hours(tmp_path / "long.flac"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, start_new_session=True) as app:
        os.close(theirs)
        seen = b""
        while b"\r\x1b[K4:" not in seen:  # four minutes in
            seen += os.read(ours, 4096)
        assert b" of 180:00 " in seen
        memory = Path(f"/proc/{app.pid}/status").read_text("utf-8")
        app.send_signal(signal.SIGINT)
        assert app.wait(30) == 130
    os.close(ours)
    wait_until_gone(home)
    assert int(re.findall(r"VmHWM:\s+(\d+) kB", memory)[0]) < 200_000
