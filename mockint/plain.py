"""An interview as lines of text: for screen readers, scripts, and terminals that are no terminals."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from mockint import plain_card
from mockint.capture import Heard
from mockint.errors import JobError, MockintError
from mockint.interview import Phase, State, Wishes
from mockint.model import Finding, Job
from mockint.practice import CardImproved, CardReady, HintGiven, Notice, PhaseChanged, Practice, Update
from mockint.report.areas import area_lines
from mockint.report.text import (
    card_lines,
    clock,
    evidence,
    interrupted,
    question_lines,
    quoted,
    reading_bar,
    session_lines,
    transcript_line,
)
from mockint.runtime import Runtime
from mockint.sessions import SessionStore, UnfinishedTake
from mockint.stories.fit import Fit, fitting
from mockint.stories.lines import fit_line, told_lines
from mockint.stories.story import Story
from mockint.stories.story import plain as plain_story
from mockint.stories.told import story_told
from mockint.untrusted import plain_text

_KEYS = {
    Phase.THINKING: "Enter: start answering · r: repeat · s: slower · i: hint · t: type instead · n: skip · q: quit",
    Phase.LISTENING: "Recording. Enter: done · x: throw away and think again · q: keep it unscored and quit",
    Phase.TYPING: "Type your answer; a line with a single full stop ends it, at once: back to the question.",
    Phase.SCORED: (
        "Enter: next question · a: answer again · m: model answer · p: hear it all · p 1: hear evidence 1 · "
        f"c: correct what was heard · how it felt: {plain_card.FEEL_KEYS} · q: quit"
    ),
}
_STRICT_KEYS = {Phase.THINKING: "Enter: start answering · t: type instead · n: skip · q: quit", Phase.SCORED: ""}
_STATES = {
    Phase.TRANSCRIBING: "Writing down the last words …",
    Phase.ASKING: "(asking)",
    Phase.ASKING_LISTENING: "(asking)",
}


def say(line: str = "") -> None:
    """Print a line at once: a reader waits for it. In a terminal it is broken between words."""
    line = plain_text(line)
    print(_broken(line) if sys.stdout.isatty() else line, flush=True)


def _broken(text: str) -> str:
    width = shutil.get_terminal_size().columns
    return "\n".join(
        textwrap.fill(line, width, subsequent_indent=line[: len(line) - len(line.lstrip())])
        for line in text.splitlines()
    )


@contextlib.contextmanager
def heard_so_far(total_s: float | None = None) -> Iterator[Callable[[Heard], None]]:
    """Show the last words on one changing line of standard error while they come; nothing without a terminal.

    `total_s`: the length of the recording, where it is known: how far it is done is shown then.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return

    def show(heard: Heard) -> None:
        done = f"{clock(heard.until_s)} of {clock(total_s)} " if total_s else ""
        room = max(1, shutil.get_terminal_size().columns - len(done) - 4)
        words = f"{heard.settled} {heard.partial}".strip()[-room:]
        print(f"\r\x1b[K{done}… {words}", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


@contextlib.contextmanager
def shown_progress(doing: str = "Reading your sessions") -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error once something takes over a second; nothing off a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    begun, shown = time.monotonic(), False

    def show(done: int, total: int) -> None:
        nonlocal shown
        if shown or time.monotonic() - begun > 1:
            shown = True
            print(f"\r\x1b[K{reading_bar(done, total, doing=doing)}", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def interview(runtime: Runtime, job_file: Path | None, wishes: Wishes) -> None:
    """Hold one interview on standard input and output. Raises MockintError before it begins, not after."""
    asyncio.run(_interview(runtime, job_file, wishes))


class Lines:
    """Lines of standard input as they come; None at its end. A thread reads them, which quitting need not wait for."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, args=(loop,), daemon=True).start()

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        with contextlib.suppress(RuntimeError, ValueError):  # the loop or the stream has been closed: nobody listens
            for line in sys.stdin:
                loop.call_soon_threadsafe(self._queue.put_nowait, line.rstrip("\n"))
            loop.call_soon_threadsafe(self._queue.put_nowait, None)

    async def next(self) -> str | None:
        return await self._queue.get()


async def _interview(runtime: Runtime, job_file: Path | None, wishes: Wishes) -> None:
    lines = Lines()
    job, used = _job(runtime, job_file)
    for take in runtime.store.unfinished():
        await _offer(runtime, take, lines)
    questions = runtime.questions(job, wishes)
    for error in runtime.left_out:
        say(f"Left out: {error}")
    say(f"Interview for {job.title or 'your job'}{f' at {job.company}' if job.company else ''}.")
    if used is None:
        say("(The shipped sample job. Give your own with --job FILE.)")
    elif job_file is None:
        say(f"(The job used last, {used.name}. Another one: --job FILE.)")
    say(f"{len(questions)} question{'s' if len(questions) > 1 else ''}. Everything stays on this machine.")
    stories, wrong = runtime.stories()
    for flawed in wrong:
        say(f"Left out: {flawed}")
    usual = runtime.settings.interview
    screen = _Screen(len(questions), stories, show=usual.show_stories and not usual.strict, strict=usual.strict)
    screen.unseen = usual.ears_only and runtime.settings.speech.enabled
    screen.store = runtime.store
    practice = runtime.practice(questions, job, screen.update)
    screen.think_s = practice.think_s
    try:
        await practice.begin()
        while practice.state.phase is not Phase.SUMMARY:
            line = await lines.next()
            typing = practice.state.phase is Phase.TYPING
            if line is None and typing and screen.typed:
                await _type(practice, screen, ".")  # the input has ended: what was typed is handed in
            if line is None or (line.strip() == "q" and not typing):
                break
            try:
                await _obey(practice, screen, line)
            except MockintError as exc:
                say(f"{exc.message} {exc.hint}")
        if practice.improving and practice.state.phase is Phase.SUMMARY:
            say("Writing your last words down properly. Ctrl+C keeps the draft.")
            await practice.improved()
    finally:
        await practice.close()
        _say_end(runtime, practice, screen)


def _job(runtime: Runtime, job_file: Path | None) -> tuple[Job, Path | None]:
    """The job named, else the one used last, else the sample; and its file. Raises JobError for one that is named."""
    if job_file is None and (used := runtime.usual_job):
        try:
            return runtime.job(used), used
        except JobError as exc:
            say(f"Left out: {exc}")
    return runtime.job(job_file), job_file


def _say_end(runtime: Runtime, practice: Practice, screen: _Screen) -> None:
    say(f"Done: {screen.answered} of {len(practice.state.questions)} answered.")
    if practice.session_id and screen.asked:
        if any(take.ref.session == practice.session_id for take in runtime.store.unfinished()):
            say("Your last answer is kept, not scored yet: it is offered at the next start.")
        record = runtime.store.load(practice.session_id)
        if practice.strict:
            say("\n".join(session_lines(record)))
        elif lines := area_lines(record):
            say("\n".join(lines))
        say(f"Kept as {practice.session_id}. See: mockint report {practice.session_id}")


async def _offer(runtime: Runtime, take: UnfinishedTake, lines: Lines) -> None:
    say(f"{interrupted(take.seconds, take.text)} was interrupted: {take.question.text}")
    say("Enter: score it now · d: delete it · l: later")
    choice = None
    while choice not in ("", "d", "l"):
        if choice is not None:
            say("Commands here: Enter, d, l")
        line = await lines.next()
        choice = "l" if line is None else line.strip().lower()
    if choice == "d":
        runtime.store.discard_take(take.ref)
        say("Deleted.")
    elif choice == "":
        with heard_so_far() as on_heard:
            card = await runtime.rescue(take, on_heard)
        say("\n".join(card_lines(card)))


class _Screen:
    """Prints updates, and remembers what the commands refer to."""

    def __init__(self, total: int, stories: Sequence[Story] = (), *, show: bool = False, strict: bool = False) -> None:
        """`show`: whether to say, before a question, which of the stories fits."""
        self._stories = stories
        self._show = show
        self._strict = strict
        self.fits: tuple[Fit, ...] = ()
        self.store: SessionStore | None = None
        self.think_s = 0
        """Seconds after the question after which recording starts by itself; 0: it does not."""
        self.unseen = False
        """Whether questions are only to be heard."""
        self.evidence: list[Finding] = []
        self.typed: list[str] = []
        self.asked = 0
        self._answered: set[int] = set()
        self._index = -1
        self._total = total
        self._recording = False
        self._speaking = False
        self._card: CardReady | None = None
        self._improved: list[CardReady] = []

    @property
    def answered(self) -> int:
        """Questions with a card."""
        return len(self._answered)

    def update(self, update: Update) -> None:
        """Print an update of the interview."""
        match update:
            case PhaseChanged(state=state):
                self._say_phase(state)
            case CardReady() if self._card is not None and self._card.take == update.take:
                say("Back to the card above.")
            case CardReady():
                self._answered.add(self._index)
                if self._strict:
                    say("Kept. The cards come at the end.")
                else:
                    self.say_card(update)
            case HintGiven():
                say(f"Hint: {update.text}" + (f" ({update.left} more: i)" if update.left else ""))
            case CardImproved(ready=ready):
                self._improved.append(ready)
                self._say_improved()
            case Notice():
                say(f"Note: {update.message} {update.hint}".rstrip())
            case Heard():
                return  # partial words would flood a screen reader

    def _say_phase(self, state: State) -> None:
        if state.phase in _STATES:
            if state.speaking and state.index != self._index:
                self._index = state.index
                self.asked += 1
                say()
                lines = question_lines(state.question, state.index + 1, self._total)
                say(
                    "\n".join([*lines[:-1], "Listen: the question is only heard. v: show it"] if self.unseen else lines)
                )
                self.fits = fitting(state.question, self._stories) if self._show else ()
                if self.fits:
                    say(f"{fit_line(self.fits)} y: read it")
            if state.speaking and state.prompt and not self.unseen:
                say(state.prompt)
            say(_STATES[state.phase])
        if keys := ({**_KEYS, **_STRICT_KEYS} if self._strict else _KEYS).get(state.phase):
            say(keys)
        if self.think_s and self._speaking and state.phase is Phase.THINKING:
            say(f"Recording starts by itself in {self.think_s} s.")
        self._speaking = state.speaking
        self._recording = state.recording
        self._say_improved()

    def say_card(self, ready: CardReady) -> None:
        """Print a card, and what can be referred to in it."""
        self._card = ready
        say(transcript_line(ready.transcript))
        say("\n".join(card_lines(ready.card)))
        if told := story_told(ready.question, self._stories, ready.transcript):
            say("\n".join(told_lines(told)))
        self.evidence = evidence(ready.card)
        for number, finding in enumerate(self.evidence, start=1):
            say(f"Evidence {number}: {finding.message} {quoted(finding)}")
        if ready.follow_up:
            say(f"The interviewer asks: {ready.follow_up.prompt} (f: answer that; it counts together with this answer)")

    def _say_improved(self) -> None:
        """Tell of better transcripts; not into the microphone: a screen reader would read it out."""
        if self._recording:
            return
        improved, self._improved = self._improved, []
        for ready in improved:
            if self._card is not None and self._card.take == ready.take:
                say("A better transcript replaces the draft:")
                self.say_card(ready)
            else:
                say(f"A better transcript replaces an earlier draft, and is scored: {ready.question.text}")


async def _obey(practice: Practice, screen: _Screen, line: str) -> None:
    word, phase = line.strip().lower(), practice.state.phase
    if phase is Phase.TYPING:
        await _type(practice, screen, line)
    elif phase is Phase.LISTENING:
        await (practice.discard() if word == "x" else practice.stop())
    elif phase is Phase.SCORED:
        await _after_card(practice, screen, line.strip())
    else:
        await _before_answer(practice, screen, word)


async def _before_answer(practice: Practice, screen: _Screen, word: str) -> None:
    if word == "y" and screen.fits:
        say("\n".join(plain_story(screen.fits[0].story)))
        return
    if word == "v" and screen.unseen:
        say(practice.state.prompt or practice.state.question.text)
        return
    if word == "i" and practice.state.prompt:
        say("There are no hints for a follow-up question.")
        return
    commands: dict[str, Callable[[], object]] = {
        "": practice.answer,
        "r": practice.repeat,
        "s": lambda: practice.repeat(slower=True),
        "i": practice.hint,
        "t": practice.type_instead,
        "n": practice.skip,
    }
    await _run(commands, word)


async def _after_card(practice: Practice, screen: _Screen, line: str) -> None:
    word, ready = line.lower(), practice.last_card
    if word in ("1", "2", "3", "4") and ready and screen.store:
        say(plain_card.feel(screen.store, ready, int(word)))
    elif word == "c" and ready:
        say("\n".join(f"{number}: {text}" for number, text in enumerate(plain_card.sentences(ready), 1)))
        say("To change one, its number and the words you said: c 1 what I really said")
    elif word.startswith("c ") and ready:
        changed = await plain_card.correct(practice, ready, line[2:])
        say("Scored again from your words:" if changed else "Nothing was changed.")
        if changed and practice.last_card:
            screen.say_card(practice.last_card)
    elif word == "p" and ready and ready.transcript.typed:
        say("There is nothing to hear: this answer was typed.")
    elif word == "p" and ready:
        await practice.play(plain_card.whole(ready))
    elif word.startswith("p"):
        number = word[1:].strip()
        if number.isdigit() and 1 <= int(number) <= len(screen.evidence):
            await practice.play(screen.evidence[int(number) - 1])
        else:
            say(f"Evidence is numbered 1 to {len(screen.evidence)}: p 1")
    elif word == "m":
        say(practice.state.question.model_answer or "This question has no model answer.")
    else:
        await _run({"": practice.next, "a": practice.retry, "f": practice.follow_up}, word, ", m, p, p 1, c, 1 to 4")


async def _run(commands: dict[str, Callable[[], object]], word: str, more: str = "") -> None:
    if word not in commands:
        say("Commands here: " + ", ".join(key or "Enter" for key in commands) + more + ", q")
        return
    done = commands[word]()
    assert asyncio.iscoroutine(done)
    await done


async def _type(practice: Practice, screen: _Screen, line: str) -> None:
    if line.strip() != ".":
        screen.typed.append(line)
        await practice.keep_typed("\n".join(screen.typed))
        return
    text, screen.typed = "\n".join(screen.typed), []
    await (practice.submit(text) if text.strip() else practice.discard())
