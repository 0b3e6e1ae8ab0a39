"""One interview: the question, the microphone, the words; the card follows on a screen of its own."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static, TextArea

from mockint.capture import Heard
from mockint.errors import BankError, MockintError
from mockint.interview import TARGET_S, Phase, State, Wishes
from mockint.model import Job, Question
from mockint.practice import CardImproved, CardReady, HintGiven, Notice, PhaseChanged, Practice, Update
from mockint.report.text import clock
from mockint.rescoring import Scored
from mockint.scoring.expects import expectation
from mockint.sessions import TakeRef
from mockint.stories.fit import Fit, fitting
from mockint.stories.lines import fit_line
from mockint.stories.story import Story, plain
from mockint.tui import memory
from mockint.tui.messages import PracticeUpdated
from mockint.tui.screens.card import CardScreen, Choice
from mockint.tui.screens.dialogs import ConfirmDialog, ErrorDialog, ReadDialog
from mockint.tui.screens.listen import listen_screen
from mockint.tui.screens.page import Page, Work
from mockint.tui.screens.session import SummaryScreen
from mockint.tui.widgets.felt_line import FeltLine
from mockint.tui.widgets.heard_view import HeardView
from mockint.tui.widgets.meter import RATE_HZ
from mockint.tui.widgets.recording import RecordingBox, going

if TYPE_CHECKING:
    from mockint.model import Finding
    from mockint.runtime import Runtime

_PREPARING = ("Getting the questions ready…", "", "")
_STATES: dict[Phase, tuple[str, str, str]] = {
    Phase.READY: _PREPARING,
    Phase.ASKING: ("Asking…", "space", "answer at once"),
    Phase.ASKING_LISTENING: ("Asking…", "space", "answer at once"),
    Phase.THINKING: ("Think.", "space", "start your answer when you are ready"),
    Phase.LISTENING: ("● Recording", "space", "stop: your answer is complete"),
    Phase.TYPING: ("Typing.", "submit", "hand your answer in"),
    Phase.TRANSCRIBING: ("Writing down the last words…", "", ""),
    Phase.SCORED: ("Scored.", "", ""),
    Phase.SUMMARY: ("Finished.", "", ""),
}
"""Phase -> what is going on, the action of the one key, what it does."""
_KEEP_TYPED_S = 1.0
_BEFORE_ANSWER = {Phase.ASKING, Phase.ASKING_LISTENING, Phase.THINKING}
_HINTS = {
    Phase.ASKING: "The question is being read out.",
    Phase.ASKING_LISTENING: "The question is being read out.",
    Phase.THINKING: "Take your time: thinking before you speak is not held against you.",
}
"""Phase -> what stands where the words will be."""
_ALLOWED: dict[str, set[Phase]] = {
    "space": {*_BEFORE_ANSWER, Phase.LISTENING},
    "repeat": _BEFORE_ANSWER,
    "slower": _BEFORE_ANSWER,
    "hint": _BEFORE_ANSWER,
    "view": _BEFORE_ANSWER,
    "type": _BEFORE_ANSWER,
    "skip": _BEFORE_ANSWER,
    "story": _BEFORE_ANSWER,
    "submit": {Phase.TYPING},
}
"""Action -> phases whose footer shows it."""


_STILL_THINKING = "Still thinking? Go on when you like. {space}: my answer is complete."
_NOT_IN_STRICT = {"repeat", "slower", "hint"}
_TYPE = "Type your answer. {submit} hands it in, {back} goes back."
_UNSEEN = "Listen: the question is only heard. {view} shows it."


class InterviewScreen(Page[None]):
    """Shows what `Practice` says and passes keys on to it."""

    NAME = "Interview"
    LISTENS = True
    HELP_TEXT = (
        "A question is read out; think as long as you like, then press {space} and answer aloud. {space} again ends "
        "the answer, which is then scored. Everything stays on this machine."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "space", "Answer/stop", key_display="Space", tooltip="start your answer; stop it"),
        Binding("r", "repeat", "Repeat", tooltip="hear the question again"),
        Binding("s", "slower", "Slower", tooltip="hear it again, slower"),
        Binding("i", "hint", "Hint", tooltip="a hint: what kind of answer is wanted, then the points one by one"),
        Binding("v", "view", "View", tooltip="show the question that is only heard"),
        Binding("t", "type", "Type", tooltip="type the answer instead"),
        Binding("ctrl+s,f5", "submit", "Hand in", key_display="Ctrl+S", tooltip="hand in what you typed"),
        Binding("n", "skip", "Skip", tooltip="skip this question"),
        Binding("y", "story", "Your story", tooltip="read the story of yours that fits the question"),
        Binding(
            "escape",
            "back",
            "Back",
            key_display="Esc",
            tooltip="while recording: discard it; while typing: back to the question; otherwise: end the interview",
        ),
    ]

    def __init__(self, runtime: Runtime, job: Job | None, wishes: Wishes) -> None:
        super().__init__()
        self._runtime = runtime
        self._job = job
        self._wishes = wishes
        self._practice: Practice | None = None
        self._state: State | None = None
        self._thinking_until: float | None = None
        self._failed = False
        self._following: Screen[Any] | None = None
        self._card: tuple[TakeRef, CardScreen] | None = None
        """The newest card."""
        self._stories: tuple[Story, ...] = ()
        self._fits: tuple[Fit, ...] = ()
        """Of the user's stories, those that fit the question."""
        self._leaving = False
        self._hidden = False
        """Whether the question is to be heard only."""
        self._target_s = 0
        self._pace: float | None = None
        self._keeping = False
        """Whether what is typed is about to be kept."""
        self._asking = False
        """Whether a long silence is being asked about."""
        self._timer: Timer | None = None

    # --- what is shown ---------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        with Vertical(id="interview"):
            yield Static(id="about-question")
            yield Static(id="made")
            with VerticalScroll(id="question-scroll"):
                yield Static(id="question")
            yield Static(id="notice")
            yield HeardView(id="heard")
            yield TextArea(id="typed", placeholder=self.with_keys(_TYPE))
            yield RecordingBox()

    def on_mount(self) -> None:
        """Get the questions and begin."""
        self.query_one("#typed").display = self.query_one("#made").display = False
        self._write_notice("")
        self._timer = self.set_interval(1 / RATE_HZ, self._tick, pause=True)
        self._show_state(Phase.READY)
        self.work(self._begin, group="practice")

    async def _begin(self) -> None:
        try:
            questions = await asyncio.to_thread(self._runtime.questions, self._job, self._wishes)
            for left_out in self._runtime.left_out:
                self.notify(str(left_out), title="Left out", severity="warning", timeout=15, markup=False)
            self._stories, wrong = await asyncio.to_thread(self._runtime.stories)
            for flawed in wrong:
                self.notify(str(flawed), title="Left out", severity="warning", timeout=15, markup=False)
            if not questions:
                raise BankError(f"The banks hold no {self._wishes.kind} questions.", "Choose another kind, or mixed.")
            self._practice = self._runtime.practice(questions, self._job, self._emit)
            await self._practice.begin()
        except MockintError as exc:
            self.app.switch_screen(ErrorDialog(exc))

    def _emit(self, update: Update) -> None:
        self.post_message(PracticeUpdated(update))

    def on_practice_updated(self, event: PracticeUpdated) -> None:
        """Show what the interview says."""
        match event.update:
            case PhaseChanged(state=state):
                self._show_phase(state)
            case Heard():
                self._pace = event.update.words_per_minute
                self.query_one(HeardView).show(event.update)
            case CardReady():
                self._show_card(event.update)
            case CardImproved(ready=ready):
                self._improve_card(ready)
            case HintGiven():
                more = f"   ({event.update.left} more: {self.key('hint')})" if event.update.left else ""
                self._write_notice(f"Hint: {event.update.text}{more}")
            case Notice():
                self._show_notice(event.update)

    def _show_phase(self, state: State) -> None:
        before, self._state = self._state, state
        phase = state.phase
        if phase is Phase.SUMMARY:
            self._end()
            return
        self._failed = before is not None and before.phase is Phase.TRANSCRIBING and phase is Phase.THINKING
        if before is None or (before.index, before.prompt) != (state.index, state.prompt) or phase is Phase.READY:
            self._show_question(state)
        think = self._practice.think_s if self._practice else 0
        counts = think and phase is Phase.THINKING and before is not None and before.speaking
        self._thinking_until = time.monotonic() + think if counts else None
        self._show_state(phase)

    def _show_question(self, state: State) -> None:
        question = state.question
        self.fact(f"Question {state.index + 1} of {len(state.questions)}")
        above = f"After your answer to: {question.text}" if state.prompt else about(question)
        self.query_one("#about-question", Static).update(Content(above))
        made = self.query_one("#made", Static)
        made.display = bool(question.made) and not state.prompt
        made.update(Content(question.made))
        self._hidden = self._runtime.settings.interview.ears_only and self._runtime.settings.speech.enabled
        self._target_s = TARGET_S[expectation(question)]
        asked = self.with_keys(_UNSEEN) if self._hidden else state.prompt or question.text
        self.query_one("#question", Static).update(Content(asked))
        usual = self._runtime.settings.interview
        self._fits = (
            fitting(question, self._stories) if usual.show_stories and not (state.prompt or usual.strict) else ()
        )
        self._write_notice("")
        self.query_one("#typed", TextArea).clear()
        memory.tidy()

    def _show_state(self, phase: Phase) -> None:
        typing, recording = phase is Phase.TYPING, phase is Phase.LISTENING
        typed, heard = self.query_one("#typed", TextArea), self.query_one(HeardView)
        typed.display, heard.display = typing, not typing
        if typing:
            typed.focus()
        elif typed.has_focus:
            self.set_focus(None)
        if recording:
            self._write_notice("")  # what went wrong before is over
            self._pace, self._asking = None, False
            heard.hint("Speak. Your words appear here.")
        elif phase in _HINTS:
            heard.hint("\n\n".join(filter(None, (_HINTS[phase], self._story_hint()))))
        self.set_class(recording, "-recording")
        words, action, does = _STATES[phase]
        self.query_one(RecordingBox).show(words, self.key(action) if action else "", does, recording=recording)
        if self._timer:
            (self._timer.resume if recording or self._thinking_until else self._timer.pause)()
        self._tick()
        self.refresh_bindings()

    def _tick(self) -> None:
        """Draw clock, level and countdown, RATE_HZ times a second."""
        practice, state = self._practice, self._state
        if practice is None or state is None:
            return
        if state.recording:
            settings, elapsed_s = self._runtime.settings, practice.elapsed_s
            pace = self._pace if settings.interview.show_pace else None
            aside = going(pace, elapsed_s, self._target_s, settings.scoring)
            self.query_one(RecordingBox).show_recording(elapsed_s, practice.level, self._target_s, aside)
            self._ask_how_to_go_on(practice.quiet_s)
        elif self._thinking_until is not None:
            left = max(0.0, self._thinking_until - time.monotonic())
            self.query_one(RecordingBox).say(f"Think. Recording starts in {clock(left + 0.99)}")

    def _ask_how_to_go_on(self, quiet_s: float) -> None:
        """Never end a take in a silence: ask, and take the question back when the voice is."""
        limit = self._runtime.settings.interview.silence_asks
        asks = bool(limit) and quiet_s >= limit
        if asks != self._asking:
            self._asking = asks
            self._write_notice(self.with_keys(_STILL_THINKING) if asks else "")

    def _show_notice(self, notice: Notice) -> None:
        if self._failed:
            self._failed = False
            self.tell(TranscriptionFailed(notice.message, notice.hint))
        else:
            self.notify(f"{notice.message} {notice.hint}".strip(), severity="warning", markup=False)
        self._write_notice(f"! {notice.message} {notice.hint}".strip())

    def _write_notice(self, text: str) -> None:
        line = self.query_one("#notice", Static)
        line.display = bool(text)
        line.update(Content(text))

    # --- what follows ----------------------------------------------------------------------------------------------

    def _show_card(self, ready: CardReady) -> None:
        practice, state = self._practice, self._state
        if practice is None or state is None:
            return
        self.query_one("#typed", TextArea).clear()
        if practice.strict:
            return
        fact = f"Question {state.index + 1} of {len(state.questions)}"
        follow_up = ready.follow_up.prompt if ready.follow_up else ""
        card = CardScreen(
            _scored(ready),
            partial(_heard, practice),
            practice.correct,
            fact=fact,
            interview=True,
            last=state.last,
            asks=follow_up,
            stories=self._stories,
            listen=partial(listen_screen, self._runtime, ready.take.path),
            felt=FeltLine(self._runtime.store, ready.take.session, ready.take.attempt),
        )
        self._card = ready.take, card
        self._go(card)

    def _improve_card(self, ready: CardReady) -> None:
        """Only a card in sight is touched: who is at the next question is not to be disturbed."""
        if self._card is not None and self._card[0] == ready.take:
            self.work(partial(self._card[1].improve, _scored(ready)), group="improve")

    def _end(self) -> None:
        if not self._leaving and self._practice is not None:
            self._leaving = True
            self.work(partial(self._close_and_sum_up, self._practice), group="practice")

    async def _close_and_sum_up(self, practice: Practice) -> None:
        if practice.improving:
            self.query_one(RecordingBox).show(
                "Writing your last words down properly…", self.key("back"), "keep the draft"
            )
            await practice.improved()
        await practice.close()
        unasked = practice.state.questions[practice.state.index + 1 :]
        if practice.session_id:
            self._go(SummaryScreen(self._runtime, practice.session_id, unasked=unasked))

    def _go(self, screen: Screen[Any]) -> None:
        """Open `screen`, after any dialog that is open has been answered."""
        self._following = screen
        if self.app.screen is self:  # `is_current` would also be true below a dialog
            self.on_screen_resume()

    def on_screen_resume(self) -> None:
        """Open what came while a dialog was open."""
        screen, self._following = self._following, None
        if isinstance(screen, CardScreen):
            self.app.push_screen(screen, self._after_card)
        elif screen is not None:
            self.app.switch_screen(screen)

    def _after_card(self, choice: Choice | None) -> None:
        if (practice := self._practice) is not None:
            chosen = {"next": practice.next, "retry": practice.retry, "follow up": practice.follow_up}
            self._command(chosen.get(choice or "", practice.finish))

    # --- keys ------------------------------------------------------------------------------------------------------

    @property
    def unsaved(self) -> str:
        """What quitting would interrupt."""
        match self._phase:
            case Phase.LISTENING:
                return "You are recording. What was said so far is kept, and offered for scoring at the next start."
            case Phase.TRANSCRIBING:
                return "Your last answer is not scored yet. It is kept, and offered for scoring at the next start."
            case Phase.TYPING if self.query_one("#typed", TextArea).text.strip():
                return "What you have typed has not been handed in. It is kept, and offered at the next start."
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something now."""
        strict = self._practice is not None and self._practice.strict
        hidden = (action == "view" and not self._hidden) or (action == "story" and not self._fits)
        if hidden or (action in _NOT_IN_STRICT and strict):
            return False
        return action not in _ALLOWED or self._phase in _ALLOWED[action]

    def action_space(self) -> None:
        """Start the answer, or end it."""
        if (practice := self._practice) is not None:
            self._command(practice.stop if practice.state.recording else practice.answer)

    def action_repeat(self) -> None:
        """Hear the question again."""
        if (practice := self._practice) is not None:
            self._command(practice.repeat)

    def action_slower(self) -> None:
        """Hear the question again, slower."""
        if (practice := self._practice) is not None:
            self._command(partial(practice.repeat, slower=True))

    def action_hint(self) -> None:
        """The next hint."""
        if (practice := self._practice) is not None:
            self._command(practice.hint)

    def action_view(self) -> None:
        """Show the question that was to be heard only."""
        if self._state is not None:
            self._hidden = False
            self.query_one("#question", Static).update(Content(self._state.prompt or self._state.question.text))
            self.refresh_bindings()

    def action_type(self) -> None:
        """Answer by keyboard."""
        if (practice := self._practice) is not None:
            self._command(practice.type_instead)

    def on_text_area_changed(self) -> None:
        """Keep what is typed, at most once a second."""
        if self._phase is Phase.TYPING and not self._keeping:
            self._keeping = True
            self.set_timer(_KEEP_TYPED_S, self._keep_typed)

    def _keep_typed(self) -> None:
        self._keeping = False
        if (practice := self._practice) is not None:
            text = self.query_one("#typed", TextArea).text
            self.work(partial(practice.keep_typed, text), group="keep")

    def action_submit(self) -> None:
        """Hand in what was typed."""
        text = self.query_one("#typed", TextArea).text.strip()
        if not text:
            self.notify("Nothing is typed yet.", markup=False)
        elif (practice := self._practice) is not None:
            self._command(partial(practice.submit, text))

    def _story_hint(self) -> str:
        return f"{fit_line(self._fits)} Press {self.key('story')} to read it." if self._fits else ""

    def action_story(self) -> None:
        """Read the story that fits."""
        if self._fits:
            story = self._fits[0].story
            self.app.push_screen(ReadDialog(story.title, "\n\n".join(plain(story))))

    def action_skip(self) -> None:
        """Pass this question over."""
        if (practice := self._practice) is not None:
            self._command(practice.skip)

    def action_back(self) -> None:
        """Discard a recording (when sure), leave typing, or end the interview."""
        practice, phase = self._practice, self._phase
        if practice is None:
            self.app.pop_screen()
        elif self._leaving:
            practice.keep_drafts()
        elif phase is Phase.LISTENING:
            dialog = ConfirmDialog(
                "Discard this recording?",
                "It is deleted, and you can answer again.",
                yes="Discard",
                no="Keep recording",
            )
            self.app.push_screen(dialog, self._discard_if)
        elif phase is Phase.TYPING:
            self._command(practice.discard)
        elif phase is Phase.TRANSCRIBING:
            dialog = ConfirmDialog("End the interview?", self.unsaved, yes="End it", no="Wait for the card")
            self.app.push_screen(dialog, self._finish_if)
        else:
            self._command(practice.finish)

    def _discard_if(self, sure: bool | None) -> None:
        if sure and self._practice is not None and self._phase is Phase.LISTENING:
            self._command(self._practice.discard)

    def _finish_if(self, sure: bool | None) -> None:
        if sure and self._practice is not None:
            self._command(self._practice.finish)

    @property
    def _phase(self) -> Phase:
        return self._practice.state.phase if self._practice else Phase.READY

    def _command(self, command: Work) -> None:
        self._thinking_until = None
        self.work(command, group="practice")

    async def on_unmount(self) -> None:
        """End the recorder and every child process, however the screen is left."""
        self._leaving = True
        if self._practice is not None:
            await self._practice.close()


class TranscriptionFailed(MockintError):
    """An answer could not be written down; its recording is kept."""

    title = "Your answer could not be written down"


def _scored(ready: CardReady) -> Scored:
    return Scored(question=ready.question, transcript=ready.transcript, card=ready.card)


def about(question: Question) -> str:
    """`rest apis · technical · medium`; an area named like its kind is not said twice."""
    parts = (question.area.replace("-", " "), question.kind, question.difficulty)
    return " · ".join(part for part in dict.fromkeys(parts) if part)


async def _heard(practice: Practice, finding: Finding) -> None:
    """Play a moment to its end."""
    if sounding := await practice.play(finding):
        await asyncio.wait({sounding})
