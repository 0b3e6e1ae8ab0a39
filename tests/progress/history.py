"""Past attempts, made by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from mockint.model import Feeling, PointStatus
from mockint.records import Levels, PastAttempt

START = datetime(2025, 11, 1, 18, 30, tzinfo=UTC)


def attempt(
    question: str = "db-joins",
    *,
    day: float = 0,
    structure: int | None = None,
    coverage: int | None = None,
    delivery: int | None = None,
    area: str = "databases",
    skipped: bool = False,
    answered: bool = True,
    helped: bool = False,
    felt: Feeling | None = None,
    touched: tuple[tuple[str, PointStatus], ...] = (),
    missed: tuple[str, ...] = (),
) -> PastAttempt:
    """An answer `day` days after the first of November."""
    at = START + timedelta(days=day)
    return PastAttempt(
        session=f"{at:%Y%m%d-%H%M%S}-abcd",
        attempt="01",
        at=at.isoformat(timespec="seconds"),
        question=question,
        text=f"What of {question}?",
        area=area,
        kind="technical",
        skipped=skipped,
        answered=answered,
        levels=Levels(structure=structure, coverage=coverage, delivery=delivery),
        helped=helped,
        felt=felt,
        touched=touched,
        missed=missed,
    )
