"""The kept plan, and the command about it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from mockint import kept_plan, paths, scoring
from mockint.cli import main
from mockint.errors import PlanError
from mockint.model import typed_transcript
from mockint.plan import TO_DO
from mockint.records import TakeFile
from mockint.runtime import Runtime
from tests.plan.wishing import laid, wishes

NOW = datetime(2026, 11, 25, 14, 3, tzinfo=ZoneInfo("Europe/Berlin"))
WISHED = ("plan", "--interview", "2026-11-28 20:00", "--hours", "10", "--zone", "Europe/Berlin")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The time, which a test may change; and a zone."""
    times = [NOW]
    monkeypatch.setattr(Runtime, "now", lambda self: times[-1])
    monkeypatch.setattr(Runtime, "zone", lambda self: "Europe/Berlin")
    return times


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_a_plan_is_kept_for_the_user_alone_and_read_back() -> None:
    assert kept_plan.read() is None
    plan = laid(wishes("2026-11-26 09:00", "2026-11-28 20:00"))
    kept_plan.write(plan)
    assert kept_plan.read() == plan
    assert paths.plan_file().stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "damaged"),
        ("[]", "damaged"),
        ('{"format": 1}', "damaged"),
        ('{"format": 99, "anything": true}', "newer mockint"),
        ("[" * 100_000, "damaged"),
        ("\udcff", "damaged"),
    ],
)
def test_a_damaged_or_newer_plan_is_said_and_left_as_it_is(text: str, said: str) -> None:
    data = text.encode("utf-8", "surrogateescape")
    paths.write_private(paths.plan_file(), data)
    with pytest.raises(PlanError, match=said) as caught:
        kept_plan.read()
    assert str(paths.plan_file()) in caught.value.message
    shown = run("plan")
    assert shown.exit_code == 1
    assert "Traceback" not in shown.output
    assert paths.plan_file().read_bytes() == data


def test_the_line_of_the_documents(clock: list[datetime], tmp_path: Path) -> None:
    job = paths.sample_job()
    made = run(
        *WISHED, "--job", str(job), "--from", "now", "--busy", "Sat 13:00-17:00", "--busy", "Thu",
        "--travel", "Sat 17:00-18:00", "--sleep", "01:00-06:00", "--json",
        "--ics", str(tmp_path / "plan.ics"), "--markdown", str(tmp_path / "plan.md"),
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    plan = json.loads(made.stdout)
    assert (plan["study_minutes"], plan["review_minutes"], plan["notes"][1:]) == (600, 40, [])
    assert plan["wishes"]["zone"] == "Europe/Berlin"
    assert plan["wishes"]["interview"] == "2026-11-28T20:00:00+01:00"
    assert not any(block["start"].startswith("2026-11-26") for block in plan["blocks"] if block["focus"])
    assert {share["id"] for share in plan["areas"]} >= {"python", "databases", "behavioural"}
    assert len(Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT")) > 10
    assert "- [ ] **" in (tmp_path / "plan.md").read_text("utf-8")
    assert json.loads(run("plan", "--json").stdout) == plan


def test_it_is_shown_ticked_off_and_laid_anew(clock: list[datetime]) -> None:
    run(*WISHED)
    shown = run("plan").output
    assert "Next, " in shown
    number = next(line.split()[0] for line in shown.splitlines() if "<- next" in line)
    assert "10 h of study; " in run("plan", "--done", number).output
    assert "done" not in run("plan", "--undo", number).output.splitlines()[1]
    run("plan", "--done", number)
    clock.append(NOW + timedelta(days=2))
    assert "past and not ticked off" in run("plan").output
    new = json.loads(run("plan", "--replan", "--json").stdout)
    assert [block["done"] is not None for block in new["blocks"]].count(True) == 1
    assert all(block["done"] or block["start"] >= "2026-11-27T14:00" for block in new["blocks"])
    assert new["study_minutes"] == 600
    assert "[x] Certificates" in run("plan", "--check", "2").output


def test_what_is_wrong_is_said_with_the_option(clock: list[datetime]) -> None:
    for arguments, said in (
        (("--interview", "2026-11-20 20:00"), "--interview: Fri 2026-11-20 20:00 is past"),
        (("--interview", "someday"), "--interview: "),
        (("--interview", "2026-11-28 20:00", "--busy", "now and then"), "--busy: "),
        (("--interview", "2026-11-28 20:00", "--sleep", "long"), "--sleep: "),
        (("--interview", "2026-11-28 20:00", "--zone", "Europe/Berln"), "Europe/Berlin"),
        (("--interview", "2026-11-28 20:00", "--job", "no.md"), "no.md"),
        ((), "There is no plan yet"),
    ):
        result = run("plan", *arguments)
        assert result.exit_code == 1, arguments
        assert said in result.output
        assert result.output.count("\n") == 1
    assert run("plan", "--hours", "3").exit_code == 2
    for hours in ("nan", "0", "501"):
        result = run("plan", "--interview", "Sat 20:00", "--hours", hours)
        assert "no number of hours from 0.25 to 500" in result.output
    run(*WISHED)
    assert "no block 400" in run("plan", "--done", "400").output


def test_what_does_not_fit_is_answered_with_what_does(clock: list[datetime]) -> None:
    result = run("plan", "--interview", "Wed 18:00", "--hours", "10", "--zone", "Europe/Berlin")
    assert result.exit_code == 0
    assert "not the 10 h wished for" in result.output


def test_start_says_how_when_what_is_next_is_no_interview(clock: list[datetime]) -> None:
    run(*WISHED)
    plan = kept_plan.read()
    assert plan is not None
    block = next(block for block in plan.blocks if block.kind == "read")
    clock.append(block.start)
    begun = run("plan", "--start").output
    assert f"mockint sheet {block.area}" in begun
    assert f"mockint plan --done {block.number}" in begun


def test_recap_without_answers(clock: list[datetime]) -> None:
    run(*WISHED)
    assert "Nothing was missed today" in run("plan", "--recap").output
    assert json.loads(run("plan", "--recap", "--json").stdout) == []


def test_what_went_badly_gets_more_time(clock: list[datetime]) -> None:
    before = json.loads(run(*WISHED, "--json").stdout)
    shares = {share["id"]: share for share in before["areas"]}
    answered_badly("security")
    after = {share["id"]: share for share in json.loads(run(*WISHED, "--json").stdout)["areas"]}
    assert after["security"]["need"] > shares["security"]["need"]
    assert after["security"]["minutes"] > shares["security"]["minutes"]
    assert after["python"]["need"] == shares["python"]["need"]
    plan = kept_plan.read()
    assert plan is not None
    drill = next(block for block in plan.blocks if block.kind == "drill" and block.area == "security")
    assert "Say this time: " in drill.do
    recap = run("plan", "--recap").output
    assert "you wanted it again" in recap


def answered_badly(area: str) -> None:
    """Today, every question of an area's bank, each to be asked again."""
    runtime = Runtime()
    questions = next(bank.questions for bank in runtime.banks() if bank.area == area)
    session = runtime.store.create(runtime.job(None), {})
    for number, question in enumerate(questions, start=1):
        session = runtime.store.add_attempt(session, question)
        take = TakeFile(started=NOW.isoformat(), source="typed")
        ref = runtime.store.start_take(session.id, f"{number:02}", take)
        name = runtime.store.add_transcript(ref, typed_transcript("I do not know."))
        runtime.store.add_card(ref, name, scoring.score(question, typed_transcript("I do not know.")))
        runtime.store.say_felt(session.id, f"{number:02}", "again")
    runtime.store.finish(session)


def test_an_area_there_are_no_questions_about_is_named() -> None:
    result = run("interview", "--plain", "--area", "databasse")
    assert result.exit_code == 1
    assert 'Did you mean "databases"' in result.output


def test_a_plan_with_ticks_is_set_aside_when_another_is_made(clock: list[datetime]) -> None:
    run(*WISHED)
    run(*WISHED)
    aside = paths.plan_file().with_name("plan-before.json")
    assert not aside.exists()  # nothing of it was done
    plan = kept_plan.read() or pytest.fail("no plan")
    run("plan", "--done", str(next(block.number for block in plan.blocks if block.kind in TO_DO)))
    run(*WISHED)
    assert b'"done":"2026' in aside.read_bytes().replace(b" ", b"")
    assert not any(block.done for block in (kept_plan.read() or pytest.fail("no plan")).blocks)
