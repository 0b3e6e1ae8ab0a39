"""The plan up to the interview: day by day, ticked off, each block started with one key."""

from __future__ import annotations

import asyncio
import shlex
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from mockint import kept_plan, paths, study
from mockint.errors import MockintError
from mockint.plan import TO_DO, Block, CheckItem, Plan, behind, check_ticked, next_block, ticked
from mockint.plan.pomodoro import text as clock_text
from mockint.plan.text import behind_text, head_text, next_text, recap_lines, span_text, total_text
from mockint.report.text import reading_bar
from mockint.tui.messages import SessionsRead
from mockint.tui.screens.dialogs import ConfirmDialog, ReadDialog
from mockint.tui.screens.history_dialogs import PathDialog
from mockint.tui.screens.page import Page
from mockint.tui.screens.plan_dialog import PlanDialog
from mockint.tui.style import MUTED
from mockint.tui.widgets.line import Line

if TYPE_CHECKING:
    from mockint.runtime import Runtime
    from mockint.tui.app import MockintApp

_CLOCK_EVERY_S = 0.5
_NO_PLAN = "There is no plan yet. {new} makes one: when the interview is, how many hours you have, when you are busy."
_SIGNS = {"mock": "◆", "read": "▤", "drill": "▸", "recap": "↺", "review": "♪"}
"""Kind -> sign, beside its title in words."""


class BlockList(OptionList):
    """The blocks and the checklist; Enter starts one, and the footer says so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Start", key_display="Enter"),
        Binding("space", "screen.tick", "Tick", key_display="Space", tooltip="tick the chosen line off"),
    ]


class PlanScreen(Page[None]):
    """Blocks by day with what is on and next marked, then the checklist."""

    NAME = "Plan"
    MORE_KEYS = (
        ("↑ ↓", "go through the plan"),
        ("Space", "tick the chosen line off, or take it back"),
        ("Enter", "start the chosen block: an interview, the recap, or what to read"),
    )
    HELP_TEXT = (
        "Study up to the interview, laid by what the job asks for and what went badly. ◆ mock interview, ▤ reading, "
        "▸ drill, ↺ recap, ♪ hands-free review. When you fall behind, {replan} keeps what is ticked and lays the rest "
        "anew. The pomodoro clock runs on while you are on other screens, and keeps silent during interviews."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "replan", "Lay anew", tooltip="keep what is ticked, lay the rest anew from now"),
        Binding("t", "recap", "Today's recap", tooltip="what today's answers missed, as cards"),
        Binding("b", "clock", "Clock", tooltip="start or pause the pomodoro clock"),
        Binding("k", "skip", "Skip phase", tooltip="on to the clock's next phase"),
        Binding("n", "new", "New plan", tooltip="make a plan: when, how many hours, when you are busy"),
        Binding("e", "export", "Export", tooltip="write it for a calendar (.ics) or as Markdown (.md)"),
        Binding("escape", "back", "Back", key_display="Esc", tooltip="back to the first screen"),
    ]

    def __init__(self, runtime: Runtime, job_path: Path | None) -> None:
        """`job_path`: the posting a new plan goes by; None: the sample."""
        super().__init__()
        self._runtime = runtime
        self._job_path = job_path
        self._plan: Plan | None = None
        self._lines: list[Block | CheckItem] = []
        self._read = False

    def body(self) -> ComposeResult:
        yield Static(Content.styled("Reading the plan…", MUTED), id="plan-head")
        yield BlockList(id="plan-blocks", markup=False)
        with VerticalScroll(id="plan-about", can_focus=False):
            yield Static(id="plan-words")
        yield Line(id="plan-clock")

    def on_mount(self) -> None:
        """The keys go to the list; the clock is shown while there is one."""
        self.query_one("#plan-blocks").focus()
        self.set_interval(_CLOCK_EVERY_S, self._show_clock)
        self._show_clock()

    def on_screen_resume(self) -> None:
        """Read the plan, also after something was started from here."""
        self.work(self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        self._show(await asyncio.to_thread(kept_plan.read))

    def on_sessions_read(self, event: SessionsRead) -> None:
        """Show how far it is: reading all of them anew takes a while."""
        self.query_one("#plan-head", Static).update(Content(reading_bar(event.done, event.total)))

    # --- what is shown ---------------------------------------------------------------------------------------------

    def _show(self, plan: Plan | None) -> None:
        self._plan = plan
        self.refresh_bindings()
        listed = self.query_one(BlockList)
        listed.display = self.query_one("#plan-about").display = plan is not None
        if plan is None:
            self.query_one("#plan-head", Static).update(Content(self.with_keys(_NO_PLAN)))
            return
        now = self._runtime.now()
        self.fact(total_text(plan))
        late = behind_text(plan, now).partition(". ")[0]
        parts = [Content.styled(head_text(plan), "bold"), Content(next_text(plan, now))]
        parts += [Content.styled(f"! {late}: {self.key('replan')} lays the rest anew", "$text-warning")] if late else []
        parts += [Content.styled(note, MUTED) for note in plan.notes]
        self.query_one("#plan-head", Static).update(Content("\n").join(parts))
        self._fill(listed, plan)

    def _fill(self, listed: BlockList, plan: Plan) -> None:
        """Days as headings that cannot be chosen; what was chosen stays so, and at first it is what is next."""
        upcoming, missed = next_block(plan, self._runtime.now()), behind(plan, self._runtime.now())
        chosen, first = listed.highlighted, None
        options, self._lines = list[Option](), []

        def add(line: Block | CheckItem, prompt: Content, disabled: bool = False) -> None:
            options.append(Option(prompt, id=str(len(self._lines)), disabled=disabled))
            self._lines.append(line)

        for day, blocks in groupby(plan.blocks, key=lambda block: block.start.date()):
            options.append(Option(Content.styled(f"{day:%A} {day.day} {day:%B}", "bold $text-primary"), disabled=True))
            for block in blocks:
                if block is upcoming:
                    first = len(options)
                mark = "next" if block is upcoming else "missed" if block in missed else ""
                if block is upcoming and block.start <= self._runtime.now():
                    mark = "now"
                add(block, _block_line(block, mark), block.kind in ("break", "meal"))
        options.append(Option(Content.styled("Checklist", "bold $text-primary"), disabled=True))
        for item in plan.checklist:
            add(item, Content(f"{'✓' if item.done else '·'} {item.text}"))
        listed.clear_options().add_options(options)
        at = chosen if self._read and chosen is not None and chosen < len(options) else first
        listed.highlighted = at if at is not None else len(options) - len(plan.checklist)
        self._read = True
        self.call_after_refresh(listed.scroll_to_highlight)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the chosen block is about."""
        line = self._chosen(event.option.id)
        self.query_one("#plan-words", Static).update(_about(line) if isinstance(line, Block) else Content())
        self.query_one("#plan-about").scroll_home(animate=False)

    def _chosen(self, id: str | None) -> Block | CheckItem | None:
        return self._lines[int(id)] if id else None

    @property
    def _line(self) -> Block | CheckItem | None:
        listed = self.query_one(BlockList)
        return None if listed.highlighted is None else self._chosen(listed.get_option_at_index(listed.highlighted).id)

    def _show_clock(self) -> None:
        clock = cast("MockintApp", self.app).pomodoro.state
        words = clock_text(clock, self._runtime.now()) if clock else f"{self.key('clock')} starts the pomodoro clock"
        style = "bold" if clock and clock.runs else MUTED
        self.query_one("#plan-clock", Line).write(Content.styled(words, style))

    # --- keys ------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a plan is offered with one."""
        if action == "skip":
            return cast("MockintApp", self.app).pomodoro.state is not None
        return self._plan is not None or action not in ("replan", "recap", "export", "tick")

    def action_tick(self) -> None:
        """Tick the chosen line, or take it back."""
        plan, line = self._plan, self._line
        if plan is None or line is None:
            return
        if isinstance(line, CheckItem):
            new = check_ticked(plan, plan.checklist.index(line) + 1)
        elif line.kind in TO_DO:
            new = ticked(plan, line.number, None if line.done else self._runtime.now())
        else:
            return
        try:
            kept_plan.write(new)
        except MockintError as exc:
            self.tell(exc)
            return
        self._show(new)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Start a block; a line of the checklist is ticked."""
        line = self._chosen(event.option.id)
        if isinstance(line, CheckItem):
            self.action_tick()
        elif line is not None and line.minutes:
            self.work(partial(self._interview, line), group="start", exclusive=True)
        elif line is not None and line.kind == "recap":
            self.action_recap()
        elif line is not None and line.kind == "review":
            self.work(partial(self._listen, line), group="start", exclusive=True)
        elif line is not None and line.area:
            self.work(partial(self._sheet, line), group="start", exclusive=True)
        elif line is not None:
            self.app.push_screen(ReadDialog(line.title, str(_about(line))))

    async def _listen(self, block: Block) -> None:
        """A programme to listen to, with nothing to look at."""
        from mockint.tui.screens.hand_over import hand_over  # noqa: PLC0415 - only when one is heard

        sample = () if self._posting else ("--job", str(paths.sample_job()))  # not the posting used last
        await hand_over(self.app, *shlex.split(block.command)[1:], *sample)

    async def _sheet(self, block: Block) -> None:
        """What to do, and the revision sheet itself."""
        sheet = await asyncio.to_thread(self._revision_sheet, block.area)
        self.app.push_screen(ReadDialog(block.title, "\n".join([block.do, "", *sheet])))

    def _revision_sheet(self, area: str) -> list[str]:
        from mockint.report.sheet import sheet_lines  # noqa: PLC0415 - only when one is read

        return sheet_lines(self._runtime.sheet(area, self._runtime.job(self._posting)))

    @property
    def _posting(self) -> Path | None:
        """The plan's."""
        file = self._plan.wishes.job_file if self._plan else ""
        return Path(file) if file else None

    async def _interview(self, block: Block) -> None:
        from mockint.planning import interview_wishes  # noqa: PLC0415
        from mockint.tui.screens.interview import InterviewScreen  # noqa: PLC0415 - only when one is held

        job = await asyncio.to_thread(self._runtime.job, self._posting)
        self.app.push_screen(InterviewScreen(self._runtime, job, interview_wishes(block)))

    def action_replan(self) -> None:
        """Lay what is not ticked anew."""
        self.work(self._replan, group="load", exclusive=True)

    async def _replan(self) -> None:
        assert self._plan is not None
        self._read = False
        self._show(await asyncio.to_thread(study.replan, self._runtime, self._plan, self.reading()))

    def action_recap(self) -> None:
        """What was missed today."""
        self.work(self._recap, group="recap", exclusive=True)

    async def _recap(self) -> None:
        assert self._plan is not None
        zone = self._plan.wishes.zone
        today = self._runtime.now().astimezone(ZoneInfo(zone)).date()
        cards = await asyncio.to_thread(study.recap, self._runtime, today, zone)
        self.app.push_screen(ReadDialog("Missed today", "\n".join(recap_lines(cards))))

    def action_clock(self) -> None:
        """Begin, pause or go on."""
        cast("MockintApp", self.app).pomodoro.toggle()
        self._clock_changed()

    def action_skip(self) -> None:
        """The clock's next phase."""
        cast("MockintApp", self.app).pomodoro.skip()
        self._clock_changed()

    def _clock_changed(self) -> None:
        self.refresh_bindings()
        self._show_clock()

    def action_new(self) -> None:
        """Ask for the few wishes."""
        self.app.push_screen(PlanDialog(self._runtime, self._job_path, self._plan, self.reading()), self._laid)

    def _laid(self, plan: Plan | None) -> None:
        if plan is not None:
            self._read = False
            self._show(plan)

    def action_export(self) -> None:
        """Ask for a file."""
        message = "A file ending in .ics for a calendar, with alarms; in .md with boxes to tick."
        dialog = PathDialog("Write the plan", message, str(Path.home() / "interview-plan.ics"))
        self.app.push_screen(dialog, lambda path: self._export(path) if path else None)

    def _export(self, path: str) -> None:
        file = Path(path).expanduser()
        if file.exists():
            dialog = ConfirmDialog("Replace it?", f"{file} is there already.", yes="Replace", no="Leave it")
            self.app.push_screen(dialog, lambda sure: self._write(file) if sure else None)
        else:
            self._write(file)

    def _write(self, file: Path) -> None:
        self.work(partial(self._written, file), group="export", exclusive=True)

    async def _written(self, file: Path) -> None:
        from mockint.planning import export  # noqa: PLC0415 - loads the library of calendars

        assert self._plan is not None
        await asyncio.to_thread(export, self._plan, file)
        self.notify(f"Written: {file}", markup=False)


def _block_line(block: Block, mark: str) -> Content:
    tick = "✓" if block.done else "·" if block.kind in TO_DO else " "
    faint = MUTED if block.done or block.kind not in TO_DO else ""
    colours = {"now": "bold", "next": "bold", "missed": "$text-warning"}
    arrow = {"now": "  ◀ now", "next": "  ◀ next", "missed": "  ! not ticked"}.get(mark, "")
    return Content.assemble(
        (f"{tick} {span_text(block)}  {_SIGNS.get(block.kind, ' ')} {block.title}", faint),
        (arrow, colours.get(mark, "")),
    )


def _about(block: Block) -> Content:
    """What to do, what to read, the command."""
    parts = [Content(block.do)] if block.do else []
    parts += [Content(f"- {text}") for text in block.read]
    parts += [Content.styled(f"$ {block.command}", MUTED)] if block.command else []
    return Content("\n").join(parts)
