"""The first screen: the job, the length, and the way into an interview.

The screens behind it are imported when they are opened: something is to be seen at once.
"""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from mockint import paths
from mockint.errors import JobError, MockintError
from mockint.tui.messages import SessionsRead
from mockint.tui.screens.page import Page
from mockint.tui.style import MUTED
from mockint.tui.widgets.choice import Choice
from mockint.tui.widgets.column import Column

if TYPE_CHECKING:
    from mockint.interview import Wishes
    from mockint.model import Job
    from mockint.records import SessionSummary
    from mockint.runtime import Runtime
    from mockint.sessions import UnfinishedTake
    from mockint.tui.screens.job_dialog import ChosenJob

_AREAS_SHOWN = 5
_FINISH, _DISCARD = "Finish scoring it ({finish})", "Discard it ({discard})"
_MINUTES = (10, 20, 30, 45)
_KINDS = ("mixed", "technical", "behavioural")


class HomeScreen(Page[None]):
    """Everything needed to start, and nothing else."""

    NAME = "Home"
    MORE_KEYS = (("← →", "change a choice"), ("Enter", "press the button in focus"))
    HELP_TEXT = (
        "mockint asks you interview questions aloud, listens to your answers and shows what was good and what to try "
        "next, with the evidence. Choose a length and a kind with Tab and the arrow keys, then start."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "start", "Start", tooltip="start an interview (also Enter on the button)"),
        Binding("f", "finish", "Finish answer", tooltip="finish scoring an interrupted answer"),
        Binding("d", "discard", "Discard it", tooltip="discard the interrupted answer"),
        Binding("c", "choose", "Choose", tooltip="mode, difficulty, areas, thinking time and more"),
        Binding("j", "job", "Job", tooltip="use a job description of your own: paste it, or name its file"),
        Binding("h", "history", "History", tooltip="past sessions"),
        Binding("p", "progress", "Progress", tooltip="levels over time, what is due again, what to practise next"),
        Binding("l", "plan", "Plan", tooltip="study up to the interview, block by block; a pomodoro clock"),
        Binding("o", "settings", "Settings", tooltip="everything that can be set, keys and colours too"),
        Binding("a", "areas", "Areas", tooltip="what the job asks for, and in which words; change it"),
        Binding("v", "voice", "Voice check", tooltip="read 20 seconds aloud: how well are you understood?"),
        Binding("m", "models", "Models", tooltip="recogniser models: download and remove"),
        Binding("comma", "settings", show=False, key_display=",", tooltip="the settings, too"),
        Binding("up", "app.focus_previous", "Up", show=False, key_display="↑", tooltip="the choice before"),
        Binding("down", "app.focus_next", "Down", show=False, key_display="↓", tooltip="the next choice"),
    ]

    def __init__(self, runtime: Runtime, job_path: Path | None = None, wishes: Wishes | None = None) -> None:
        super().__init__()
        self._runtime = runtime
        self._wishes = wishes
        self._job_path = job_path or runtime.usual_job
        self._job: Job | None = None
        self._unfinished: list[UnfinishedTake] = []
        self._seen = runtime.settings
        """The settings as they were last shown."""

    # --- what is shown ---------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        wanted = self._runtime.settings.interview
        length = (self._wishes.minutes if self._wishes else 0) or wanted.minutes
        with Column(id="home"):
            yield Static("Practise job interviews aloud, and see with evidence what to try next.", id="tagline")
            with Vertical(id="banner"):
                yield Static(id="banner-text")
                with Horizontal(classes="buttons"):
                    yield Button(self.with_keys(_FINISH), variant="primary", compact=True, id="finish")
                    yield Button(self.with_keys(_DISCARD), compact=True, id="discard")
            yield Static("The job", classes="section-title")
            yield Static(Content.styled("Reading the job description…", MUTED), id="job")
            yield Static("Your interview", classes="section-title")
            yield Choice("Length", _minutes(length), length, unit="minutes", id="minutes")
            yield Choice("Kind", [(kind, kind) for kind in _KINDS], wanted.kind, id="kind")
            yield Static(self._usual(), id="usual")
            with Horizontal(classes="buttons"):
                yield Button("Start the interview", variant="primary", compact=True, id="start")
                yield Static(self._start_hint(), id="start-hint")
            yield Static(id="last")
            yield Static(id="due")
            yield Static(Content(f"Recordings stay on this machine, in {paths.sessions_dir()}"), id="privacy")

    def on_mount(self) -> None:
        """Read the job once, the sessions each time the screen comes up; either when it has been seen."""
        self.query_one("#banner").display = self.query_one("#due").display = False
        self.query_one("#start").focus(scroll_visible=False)
        self.call_after_refresh(self.work, self._read_job, group="job")

    def on_screen_resume(self) -> None:
        """Sessions may have been added meanwhile, and settings changed."""
        self._show_usual()
        self.call_after_refresh(self.work, self._read_sessions, group="sessions", exclusive=True)

    async def _read_job(self) -> None:
        try:
            job = await asyncio.to_thread(self._runtime.job, self._job_path)
        except JobError as exc:
            if self._job_path is None:
                raise
            self.tell(exc)
            self._job_path = None
            job = await asyncio.to_thread(self._runtime.job, None)
        self._use_job(job, self._job_path)
        if self._wishes:
            self._open_interview(self._wishes)

    def _use_job(self, job: Job, path: Path | None) -> None:
        """Show a job, and use it at the next start, too."""
        if path != self._runtime.usual_job:
            self._remember({"interview.job": str(path.absolute()) if path else ""})
        self._show_job(job, path)

    def _show_job(self, job: Job, path: Path | None) -> None:
        from mockint.tui.words import job_content

        self._job, self._job_path = job, path
        content = job_content(job, sample=path is None, areas=_AREAS_SHOWN)
        if path is None:
            content += Content.styled(f"\nPaste your own job description here, or press {self.key('job')}.", MUTED)
        self.query_one("#job", Static).update(content)

    async def _read_sessions(self) -> None:
        summaries, unfinished = await asyncio.to_thread(self._sessions)
        self._unfinished = unfinished
        self._show_last(summaries)
        self._show_banner()
        if summaries:
            await self._read_due()

    def _sessions(self) -> tuple[list[SessionSummary], list[UnfinishedTake]]:
        store = self._runtime.store
        return store.summaries(self.reading()), store.unfinished()

    def on_sessions_read(self, event: SessionsRead) -> None:
        """Show how far it is: reading all of them anew takes a while."""
        from mockint.report.text import reading_bar

        self.query_one("#last", Static).update(Content(reading_bar(event.done, event.total)))

    def _show_last(self, summaries: list[SessionSummary]) -> None:
        from mockint.tui.words import last_session

        words = (
            f"Last session: {last_session(summaries[0])}" if summaries else "No session yet: this will be your first."
        )
        self.query_one("#last", Static).update(Content(words))

    async def _read_due(self) -> None:
        """After everything else: it can take longer than the rest together."""
        from mockint.report.progress import due_text

        due = await asyncio.to_thread(self._runtime.due)
        line = self.query_one("#due", Static)
        line.display = bool(due)
        first = f" The first: {due[0].text}" if due else ""
        line.update(Content(f"{due_text(due)} {self.key('progress')} shows them.{first}"))

    def _show_banner(self) -> None:
        from mockint.report.text import interrupted
        from mockint.tui.words import day_of

        banner, shown_before = self.query_one("#banner"), self.query_one("#banner").display
        banner.display = bool(self._unfinished)
        self.refresh_bindings()
        if not self._unfinished:
            if shown_before:
                self.query_one("#start").focus(scroll_visible=False)
            return
        take, more = self._unfinished[0], len(self._unfinished) - 1
        others = f" ({more} more after it)" if more else ""
        answer = interrupted(take.seconds, take.text)
        words = f"! {answer} from {day_of(take.started)} was interrupted before it was scored"
        self.query_one("#banner-text", Static).update(Content(f"{words}{others}: {take.question.text}"))
        self.query_one("#finish").focus(scroll_visible=False)
        self.query_one("#home").scroll_home(animate=False)

    # --- keys ------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Finish and discard exist only while an answer waits."""
        return action not in ("finish", "discard") or bool(self._unfinished)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        {"start": self.action_start, "finish": self.action_finish, "discard": self.action_discard}[
            event.button.id or "start"
        ]()

    def action_start(self) -> None:
        """Start an interview as chosen."""
        self._start()

    def _start(self) -> None:
        from mockint.interview import Wishes

        minutes, kind = self.query_one("#minutes", Choice).value, self.query_one("#kind", Choice).value
        usual = self._runtime.settings.interview
        if (minutes, kind) != (usual.minutes, usual.kind):
            self._remember({"interview.minutes": minutes, "interview.kind": kind})
        self._open_interview(Wishes(minutes=minutes, kind=kind))

    def _usual(self) -> Content:
        """What is chosen beside length and kind."""
        chosen = self._runtime.settings.interview
        words = [
            "strict" if chosen.strict else "practice",
            f"{chosen.difficulty} difficulty",
            f"{chosen.think_seconds} s to think" if chosen.think_seconds else "" if chosen.strict else "think freely",
            "ears only" if chosen.ears_only else "",
            ", ".join(chosen.areas),
        ]
        return Content.styled(
            f"{' · '.join(word for word in words if word)}   ({self.key('choose')} changes this)", MUTED
        )

    def _remember(self, changed: dict[str, Any]) -> None:
        """Keep choices for next time; the interview does not wait for a disk that is full."""
        try:
            self._runtime.change(changed)
        except MockintError as exc:
            self.notify(f"{exc.message} {exc.hint}", title="Not remembered", severity="warning", markup=False)
        self._show_usual()

    def _show_usual(self) -> None:
        """What the settings say, unless they still say what they did: then what is chosen here stays."""
        settings = self._runtime.settings
        seen, self._seen, usual = self._seen, settings, settings.interview
        if settings.keys != seen.keys:
            self._show_keys()
        if usual != seen.interview:
            self.query_one("#minutes", Choice).offer(_minutes(usual.minutes), usual.minutes)
            self.query_one("#kind", Choice).offer([(kind, kind) for kind in _KINDS], usual.kind)
        self.query_one("#usual", Static).update(self._usual())

    def _show_keys(self) -> None:
        """Name the keys anew where they stand in a text; the lines about sessions are written anew anyway."""
        for name, words in (("finish", _FINISH), ("discard", _DISCARD)):
            self.query_one(f"#{name}", Button).label = self.with_keys(words)
        self.query_one("#start-hint", Static).update(self._start_hint())
        if self._job is not None:
            self._show_job(self._job, self._job_path)

    def _start_hint(self) -> Content:
        return Content.styled(f"Enter or {self.key('start')}", MUTED)

    async def action_choose(self) -> None:
        """Mode, difficulty, areas and so on."""
        self.work(self._open_choices, group="choices", exclusive=True)

    async def _open_choices(self) -> None:
        from mockint.tui.screens.session_dialog import SessionDialog

        banks = await asyncio.to_thread(self._runtime.banks)
        areas = sorted((bank.title, bank.area) for bank in banks if any(q.expects != "ask" for q in bank.questions))
        dialog = SessionDialog(self._runtime.settings, areas)
        self.app.push_screen(dialog, lambda changed: self._remember(changed) if changed else None)

    def _open_interview(self, wishes: Wishes) -> None:
        from mockint.tui.screens.interview import InterviewScreen

        self.app.push_screen(InterviewScreen(self._runtime, self._job, wishes))

    def action_job(self) -> None:
        """Ask for a job description."""
        self._ask_for_job("")

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted here can only be a job description."""
        self._ask_for_job(event.text)

    def _ask_for_job(self, pasted: str) -> None:
        from mockint.tui.screens.job_dialog import JobDialog

        self.app.push_screen(JobDialog(self._runtime, self._job_path, pasted), self._job_chosen)

    def _job_chosen(self, chosen: ChosenJob | None) -> None:
        if chosen is not None:
            self._use_job(chosen.job, chosen.path)

    def action_areas(self) -> None:
        """What the job asks for."""
        from mockint.tui.screens.job import JobScreen

        if self._job is not None:
            screen = JobScreen(self._runtime, self._job, self._job_path)
            self.app.push_screen(screen, lambda job: self._show_job(job, self._job_path) if job else None)

    def action_history(self) -> None:
        """All sessions."""
        from mockint.tui.screens.history import HistoryScreen

        self.app.push_screen(HistoryScreen(self._runtime))

    def action_progress(self) -> None:
        """How it goes over all sessions."""
        from mockint.tui.screens.progress import ProgressScreen

        self.app.push_screen(ProgressScreen(self._runtime, self._job))

    def action_plan(self) -> None:
        """Study up to the interview."""
        from mockint.tui.screens.plan import PlanScreen

        self.app.push_screen(PlanScreen(self._runtime, self._job_path))

    def action_models(self) -> None:
        """The recognisers' weights."""
        from mockint.tui.screens.models import ModelsScreen

        self.app.push_screen(ModelsScreen(self._runtime))

    def action_pack(self) -> None:
        """A programme to listen to."""
        from mockint.tui.screens.pack_dialog import PackDialog

        self.app.push_screen(PackDialog(self._runtime, self._job))

    def action_travel(self, *options: str) -> None:
        """A session by voice alone, or one to listen to; neither needs a screen."""
        from mockint.tui.screens.hand_over import hand_over

        job = str(self._job_path or paths.sample_job())
        self.work(partial(hand_over, self.app, "travel", "--job", job, *options), group="travel", exclusive=True)

    def action_voice(self) -> None:
        """How well is the user understood?"""
        from mockint.tui.screens.voice import VoiceScreen

        self.app.push_screen(VoiceScreen(self._runtime))

    def action_settings(self) -> None:
        """Everything that can be set."""
        from mockint.tui.screens.settings import SettingsScreen

        self.app.push_screen(SettingsScreen(self._runtime))

    def action_first_steps(self) -> None:
        """Microphone, voice, recogniser and job, step by step."""
        from mockint.tui.screens.first_steps import FirstStepsScreen

        self.app.push_screen(FirstStepsScreen(self._runtime), lambda own_job: self.action_job() if own_job else None)

    def action_finish(self) -> None:
        """Write down and score the interrupted answer."""
        from mockint.tui.screens.rescue import RescueScreen

        self.app.push_screen(RescueScreen(self._runtime, self._unfinished[0]))

    def action_discard(self) -> None:
        """Delete the interrupted answer, when the user is sure."""
        from mockint.report.text import interrupted
        from mockint.tui.screens.dialogs import ConfirmDialog

        take = self._unfinished[0]
        dialog = ConfirmDialog(
            "Discard this answer?",
            f"{interrupted(take.seconds, take.text)} is deleted and cannot be brought back.",
            yes="Discard",
            no="Keep it",
        )
        self.app.push_screen(dialog, lambda sure: self._discard_if(take, sure))

    def _discard_if(self, take: UnfinishedTake, sure: bool | None) -> None:
        if sure:
            self._runtime.store.discard_take(take.ref)
            self.work(self._read_sessions, group="sessions", exclusive=True)


def _minutes(chosen: int) -> list[tuple[str, int]]:
    """The lengths to choose from, the chosen one among them."""
    return [(str(minutes), minutes) for minutes in sorted({*_MINUTES, chosen})]
