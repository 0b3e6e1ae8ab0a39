"""Wishes of all kinds, and areas to study."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from mockint.plan import Plan, Slot, StudyArea, StudyWishes, lay, local

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns", "UTC")
"""Changes of an hour, of half an hour, in either half of the year; offsets of halves; none."""
CHANGES = {
    "Europe/Berlin": (datetime(2026, 3, 29), datetime(2026, 10, 25)),
    "America/New_York": (datetime(2026, 3, 8), datetime(2026, 11, 1)),
    "Australia/Lord_Howe": (datetime(2026, 4, 5), datetime(2026, 10, 4)),
    "America/St_Johns": (datetime(2026, 3, 8), datetime(2026, 11, 1)),
}
"""Days of 2026 on which the clocks change."""


def area(id: str, weight: float, weakness: float = 1.5, **more: object) -> StudyArea:
    values: dict[str, object] = {"asked": 1, "questions": 8, **more}
    return StudyArea(id=id, name=id.title(), weight=weight, need=weight * weakness, **values)  # type: ignore[arg-type]


AREAS = (area("python", 0.5), area("databases", 0.3), area("testing", 0.2))


def wishes(
    start: str,
    interview: str,
    hours: float = 10,
    zone: str = "Europe/Berlin",
    *,
    busy: tuple[tuple[str, str], ...] = (),
    travel: tuple[tuple[str, str], ...] = (),
    sleep: tuple[str, str] = ("23:00", "07:00"),
) -> StudyWishes:
    """Wishes by the clock of `zone`: `2026-11-28 20:00`."""

    def at(text: str) -> datetime:
        return local(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)), ZoneInfo(zone))

    return StudyWishes(
        interview=at(interview),
        start=at(start),
        zone=zone,
        minutes=round(hours * 60),
        busy=tuple(Slot(start=at(a), end=at(b)) for a, b in busy),
        travel=tuple(Slot(start=at(a), end=at(b)) for a, b in travel),
        sleep=sleep,
    )


def laid(wished: StudyWishes, areas: tuple[StudyArea, ...] = AREAS) -> Plan:
    return lay(wished, areas, wished.start, job_title="Backend Engineer")


@st.composite
def any_wishes(draw: st.DrawFn) -> StudyWishes:
    """Some of them around a change of the clocks, some impossible."""
    zone = draw(st.sampled_from(ZONES))
    middle = draw(st.sampled_from(CHANGES.get(zone, (datetime(2026, 6, 1),))))
    start = middle.replace(tzinfo=UTC) + timedelta(minutes=draw(st.integers(-3 * 1440, 1440)))
    interview = start + timedelta(minutes=draw(st.integers(1, 5 * 1440)))
    where = ZoneInfo(zone)

    def slots(most: int) -> tuple[Slot, ...]:
        found = []
        for _ in range(draw(st.integers(0, most))):
            at = start + timedelta(minutes=draw(st.integers(-300, 5 * 1440)))
            end = at + timedelta(minutes=draw(st.integers(1, 900)))
            found.append(Slot(start=local(at, where), end=local(end, where)))
        return tuple(found)

    clock = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
    return StudyWishes(
        interview=local(interview, where),
        start=local(start, where),
        zone=zone,
        minutes=draw(st.integers(3, 400)) * 5,
        busy=slots(4),
        travel=slots(2),
        sleep=draw(st.tuples(clock, clock).filter(lambda pair: pair[0] != pair[1])),
    )


@st.composite
def any_areas(draw: st.DrawFn) -> tuple[StudyArea, ...]:
    count = draw(st.integers(1, 9))
    weights = [draw(st.integers(1, 100)) for _ in range(count)]
    return tuple(
        area(
            f"area-{n}",
            weight / sum(weights),
            draw(st.sampled_from((1.0, 1.25, 1.5, 2.0))),
            asked=draw(st.integers(0, 2)),
            questions=draw(st.sampled_from((0, 8))),
        )
        for n, weight in enumerate(weights)
    )
