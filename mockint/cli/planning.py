"""The plan up to the interview: made, shown, ticked off, laid anew, exported, and its next block started."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockint.cli.shared import FILE, JSON, new_runtime, open_app, print_json

if TYPE_CHECKING:
    from mockint.plan import Block, Plan, StudyWishes
    from mockint.runtime import Runtime

_SLEEP = "23:00-07:00"


@click.command()
@click.option("--interview", metavar="WHEN", help='When it is: "2026-11-28 20:00", "Sat 20:00". Makes a new plan.')
@click.option("--hours", type=float, default=10, show_default=True,
              help="Study in all, 0.25 to 500; breaks, meals and travel are not counted.")  # fmt: skip
@click.option("--job", "job_file", type=FILE, metavar="FILE", help="Job description; default: the one used last.")
@click.option("--from", "start", metavar="WHEN", default="now", show_default=True, help="Nothing is laid before it.")
@click.option("--busy", multiple=True, metavar="WHEN",
              help='No study then: "Sat 13:00-17:00" (every Saturday), "2026-11-27 9-17", "weekdays 9-17"')  # fmt: skip
@click.option("--travel", multiple=True, metavar="WHEN", help="Time for hands-free review, written like --busy.")
@click.option("--sleep", metavar="FROM-TO", default=_SLEEP, show_default=True, help="Every night.")
@click.option("--place", type=click.Choice(["remote", "on-site"]), help="Default: what the job description says.")
@click.option("--zone", metavar="NAME", help="Whose clocks count, such as Europe/Berlin; default: this machine's.")
@click.option("--done", type=int, multiple=True, metavar="N", help="Tick block N off.")
@click.option("--undo", type=int, multiple=True, metavar="N", help="Take the tick of block N back.")
@click.option("--check", type=int, multiple=True, metavar="N", help="Tick line N of the checklist, or take it back.")
@click.option("--replan", is_flag=True, help="Keep what is done, and lay the rest anew from now.")
@click.option("--start", "begin", is_flag=True, help="Start what is next.")
@click.option("--plain", is_flag=True, help="With --start: lines of text instead of the app.")
@click.option("--recap", is_flag=True, help="What was missed today, as cards.")
@click.option("--ics", type=FILE, metavar="FILE.ics", help="Write the plan for a calendar.")
@click.option("--markdown", type=FILE, metavar="FILE.md", help="Write the plan with boxes to tick.")
@JSON
def plan(
    interview: str | None,
    hours: float,
    job_file: Path | None,
    start: str,
    busy: tuple[str, ...],
    travel: tuple[str, ...],
    sleep: str,
    place: str | None,
    zone: str | None,
    done: tuple[int, ...],
    undo: tuple[int, ...],
    check: tuple[int, ...],
    replan: bool,
    begin: bool,
    plain: bool,
    recap: bool,
    ics: Path | None,
    markdown: Path | None,
    as_json: bool,
) -> None:
    """Plan the study up to an interview, by what the job asks for and what went badly.

    With --interview a plan is made and kept; without it the kept plan is shown, with what is next.
    """
    with new_runtime() as runtime:
        if interview is not None:
            wishes = _wishes(runtime, interview, hours, job_file, start, busy, travel, sleep, place, zone)
            found = _made(runtime, wishes)
        else:
            _refuse_wishes()
            found = _kept(runtime)
        found = _changed(runtime, found, done, undo, check, replan)
    if ics is not None or markdown is not None:
        from mockint.planning import export

        for file in (ics, markdown):
            if file is not None:
                export(found, file)
    if begin:
        _start(found, runtime, plain)
    elif recap:
        _show_recap(found, runtime, as_json)
    else:
        _show(found, runtime, as_json)
        for file in (ics, markdown):
            if file is not None and not as_json:
                click.echo(f"Written: {file}")


# --- inner ---------------------------------------------------------------------------------------------------------

_WISHES = {
    "hours": "--hours",
    "job_file": "--job",
    "start": "--from",
    "busy": "--busy",
    "travel": "--travel",
    "sleep": "--sleep",
    "place": "--place",
    "zone": "--zone",
}


def _refuse_wishes() -> None:
    """A wish without --interview would be ignored; say so."""
    context = click.get_current_context()
    given = [
        option
        for name, option in _WISHES.items()
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    ]
    if given:
        raise click.UsageError(f'{given[0]} goes with --interview, such as --interview "2026-11-28 20:00".')


def _wishes(
    runtime: Runtime,
    interview: str,
    hours: float,
    job_file: Path | None,
    start: str,
    busy: tuple[str, ...],
    travel: tuple[str, ...],
    sleep: str,
    place: str | None,
    zone: str | None,
) -> StudyWishes:
    from mockint.planning import wishes_from

    job = job_file.expanduser().absolute() if job_file else runtime.usual_job
    return wishes_from(
        now=runtime.now(),
        zone=zone or runtime.zone(),
        interview=interview,
        hours=hours,
        start=start,
        busy=busy,
        travel=travel,
        sleep=sleep,
        place=place or "",
        job=job,
    )


def _made(runtime: Runtime, wishes: StudyWishes) -> Plan:
    from mockint import study
    from mockint.plain import shown_progress

    with shown_progress() as reading:
        made = study.new_plan(runtime, wishes, reading)
    if made.aside:
        click.echo(f"The plan before it, with its ticks, is now {made.aside}.", err=True)
    return made.plan


def _kept(runtime: Runtime) -> Plan:
    from mockint import kept_plan
    from mockint.errors import PlanError

    found = kept_plan.read()
    if found is None:
        raise PlanError("There is no plan yet.", 'Make one: mockint plan --interview "2026-11-28 20:00" --hours 10')
    return found


def _changed(
    runtime: Runtime, found: Plan, done: tuple[int, ...], undo: tuple[int, ...], check: tuple[int, ...], replan: bool
) -> Plan:
    from mockint import kept_plan, study
    from mockint.plan import check_ticked, ticked

    before = found
    for number in done:
        found = ticked(found, number, runtime.now())
    for number in undo:
        found = ticked(found, number, None)
    for number in check:
        found = check_ticked(found, number)
    if found is not before:
        kept_plan.write(found)
    if not replan:
        return found
    from mockint.plain import shown_progress

    with shown_progress() as reading:
        return study.replan(runtime, found, reading)


def _show(found: Plan, runtime: Runtime, as_json: bool) -> None:
    from mockint.plan.text import plan_lines
    from mockint.untrusted import plain_text

    if as_json:
        print_json(found)
    else:
        click.echo(plain_text("\n".join(plan_lines(found, runtime.now()))))


def _show_recap(found: Plan, runtime: Runtime, as_json: bool) -> None:
    from mockint import study
    from mockint.plan import zone_named
    from mockint.plan.text import recap_lines
    from mockint.untrusted import plain_text

    zone = found.wishes.zone
    cards = study.recap(runtime, runtime.now().astimezone(zone_named(zone)).date(), zone)
    if as_json:
        print_json(cards)
    else:
        click.echo(plain_text("\n".join(recap_lines(cards))))


def _start(found: Plan, runtime: Runtime, plain: bool) -> None:
    """An interview is held here; for everything else its words and its command are printed."""
    from mockint.plan import next_block
    from mockint.plan.text import next_text
    from mockint.planning import interview_wishes

    block = next_block(found, runtime.now())
    if block is None:
        click.echo(next_text(found, runtime.now()))
        return
    job = Path(found.wishes.job_file) if found.wishes.job_file else None
    if block.minutes and not plain:
        open_app(job, interview_wishes(block))
    elif block.minutes:
        from mockint import plain as plain_mode

        with new_runtime() as fresh:
            plain_mode.interview(fresh, job, interview_wishes(block))
    elif block.kind == "recap":
        click.echo(block.do)
        _show_recap(found, runtime, as_json=False)
    else:
        _say(block)
    if not block.minutes or plain:
        click.echo(f"When you are through: mockint plan --done {block.number}")


def _say(block: Block) -> None:
    from mockint.plan.text import block_lines
    from mockint.untrusted import plain_text

    click.echo(plain_text("\n".join(block_lines(block))))
