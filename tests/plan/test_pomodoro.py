"""The pomodoro clock as a value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from mockint.plan.pomodoro import Pomodoro, after, ended, left, skipped, text, toggled

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_a_round_is_four_of_work_and_a_longer_rest() -> None:
    clock, now, lived = Pomodoro(), NOW, list[str]()
    for _ in range(9):
        clock = clock if clock.runs else toggled(clock, now)
        lived.append(f"{clock.nth} {clock.phase} {int(left(clock, now).total_seconds() // 60)}")
        assert after(clock, now + left(clock, now) - timedelta(seconds=1)) is None
        now += left(clock, now)
        following = after(clock, now)
        assert following is not None
        clock = following
    assert lived == [
        "1 work 25", "1 rest 5", "2 work 25", "2 rest 5", "3 work 25",
        "3 rest 5", "4 work 25", "4 long rest 15", "1 work 25",
    ]  # fmt: skip


def test_paused_time_does_not_count() -> None:
    clock = toggled(Pomodoro(), NOW)
    clock = toggled(clock, NOW + minutes(10))
    assert left(clock, NOW + minutes(99)) == minutes(15)
    assert after(clock, NOW + minutes(99)) is None
    assert text(clock, NOW) == "Pomodoro 1 of 4, work 15:00 (paused)"
    assert left(toggled(clock, NOW + minutes(100)), NOW + minutes(101)) == minutes(14)


def test_work_waits_to_be_begun_and_rests_do_not() -> None:
    rest = skipped(toggled(Pomodoro(), NOW), NOW + minutes(3))
    assert (rest.phase, rest.runs) == ("rest", True)
    work = skipped(rest, NOW + minutes(4))
    assert (work.phase, work.nth, work.runs) == ("work", 2, False)
    assert text(work, NOW) == "Pomodoro 2 of 4, work 25:00 (not begun)"
    assert ended(rest) == "A pomodoro is done: rest 5 minutes. Get up."
    assert "next pomodoro" in ended(work)


def test_nothing_is_left_of_a_phase_long_past() -> None:
    assert left(toggled(Pomodoro(), NOW), NOW + minutes(60)) == timedelta()
