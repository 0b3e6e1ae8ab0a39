"""The plan that is kept: plan.json in mockint's home, readable by the user alone."""

from __future__ import annotations

from pathlib import Path

import msgspec

from mockint import paths
from mockint.errors import PlanError
from mockint.plan.values import FORMAT, Plan

_MAX_BYTES = 5_000_000


class _Format(msgspec.Struct):
    """What every version of the file has."""

    format: int


def read() -> Plan | None:
    """The kept plan, None where there is none; raises PlanError for a file that is damaged or of a newer mockint."""
    file = paths.plan_file()
    if not file.exists():
        return None
    data = paths.read_bounded(file, _MAX_BYTES, PlanError, "Move it away, and plan again.")
    again = "Move it away, and plan again: mockint plan --interview ..."
    try:
        number = msgspec.json.decode(data, type=_Format).format
        if number > FORMAT:
            raise PlanError(
                f"{file}: was written by a newer mockint (format {number}; this one knows {FORMAT}).",
                "Update mockint, or move the file away and plan again.",
            )
        return msgspec.json.decode(data, type=Plan)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as exc:
        raise PlanError(f"{file}: is damaged ({exc}).", again) from exc


def set_aside() -> Path | None:
    """Keep a plan with ticks as plan-before.json, as another takes its place; its path, None where there is none."""
    try:
        before = read()
    except PlanError:  # damaged or newer: nothing of it is known, so nothing of it is thrown away
        before = None
        ticked = paths.plan_file().exists()
    else:
        ticked = before is not None and any(block.done for block in before.blocks)
    if not ticked:
        return None
    aside = paths.plan_file().with_name("plan-before.json")
    paths.plan_file().replace(aside)
    return aside


def write(plan: Plan) -> None:
    """Keep a plan in place of the one before; raises StoreError."""
    paths.write_private(paths.plan_file(), msgspec.json.format(msgspec.json.encode(plan)) + b"\n")
