"""The first steps: microphone, voice, recogniser, job. Each says what cannot be done here, and one goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from mockint.errors import MockintError
from mockint.sound_check import SECONDS, SoundCheck
from mockint.tui.widgets.choice import Choice
from mockint.tui.widgets.meter import RATE_HZ, Meter

if TYPE_CHECKING:
    from mockint.audio.devices import DeviceInfo
    from mockint.runtime import Runtime
    from mockint.weights.catalogue import Weights

SENTENCE = "Hello. Tell me about a piece of work you are proud of, and what your own part in it was."
"""What the voice says: own text."""
_DEFAULT = "default"
_RATES = (("slow", 130), ("usual", 160), ("fast", 190))


class Step(Vertical):
    """One step: what it is about, a list to choose from, and a line that says how it went."""

    TITLE: ClassVar[str] = ""
    ABOUT: ClassVar[str] = ""
    """What to do; `{action}` stands for a key of the screen, which writes it."""
    SPACE: ClassVar[str] = ""
    """What Space does; empty: nothing."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(classes="step")
        self.runtime = runtime
        self._values: list[Any] = []

    def compose(self) -> ComposeResult:
        yield Static(self.TITLE, classes="section-title")
        yield Static(classes="step-about")
        yield OptionList(classes="step-list")
        yield from self.more()
        yield Static(classes="step-line")

    def more(self) -> Sequence[Widget]:
        """What stands between the list and the line."""
        return ()

    def offer(self, options: Sequence[tuple[str, Any]], chosen: Any = None) -> None:
        """List what can be chosen, the chosen one marked by a dot."""
        self._values = [value for _, value in options]
        listed = self.query_one(OptionList)
        place = listed.highlighted
        listed.set_options(Option(Content(f"{'●' if value == chosen else ' '} {name}")) for name, value in options)
        first = self._values.index(chosen) if chosen in self._values else 0
        listed.highlighted = (first if place is None else place) if options else None

    def say(self, text: str) -> None:
        """How it went, or what to do."""
        self.query_one(".step-line", Static).update(Content(text))

    def keep(self, name: str, value: Any) -> None:
        """Change a setting; says why when it cannot be kept."""
        try:
            self.runtime.change({name: value})
        except MockintError as exc:
            self.say(f"! {exc}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose it."""
        event.stop()
        self.choose(self._values[event.option_index])

    async def fill(self) -> None:
        """Look up what there is to choose from; raises MockintError."""

    def choose(self, value: Any) -> None:
        """Take one of those offered."""

    async def attempt(self) -> None:
        """What Space does; raises MockintError."""

    async def leave(self) -> None:
        """Stop whatever runs."""


class MicrophoneStep(Step):
    """Three seconds recorded and played back."""

    TITLE = "1  Your microphone"
    ABOUT = "Press {attempt}, say a sentence, and hear how you sound. The three seconds are deleted at once."
    SPACE = f"record {SECONDS:.0f} seconds and hear them"

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(runtime)
        self._check: SoundCheck | None = None
        self._timer: Timer | None = None
        self._over = asyncio.Event()

    def more(self) -> Sequence[Widget]:
        return (Meter(id="step-meter"),)

    def on_mount(self) -> None:
        """The meter moves while one records."""
        self._timer = self.set_interval(1 / RATE_HZ, self._tick, pause=True)

    async def fill(self) -> None:
        """Every microphone."""
        found = [device for device in await asyncio.to_thread(self.runtime.devices) if device.inputs]
        if not found:
            self.say("! This machine has no microphone. Answers can be typed; plug one in whenever you like.")
        self.offer(microphones(found, self.runtime.settings.audio.input), self.runtime.settings.audio.input)

    def choose(self, value: str) -> None:
        """Use this one from now on."""
        self.keep("audio.input", value)
        self.app.run_worker(self.fill(), exit_on_error=False)

    async def attempt(self) -> None:
        """Record, then play it."""
        check = self._check = SoundCheck(self.runtime.microphone(), self.runtime.player())
        try:
            self.say("One moment…")
            await check.start()
            self.say("● Recording: say a sentence.")
            self._over.clear()
            if self._timer:
                self._timer.resume()
            await self._over.wait()
            recording = await check.finish()
            if recording.peak == 0:
                self.say("! Nothing came from the microphone: is it muted, or withheld from this terminal?")
                return
            self.say("▶ This is how you sound.")
            await check.play()
            self.say("That is how you sound. You can do it again.")
        finally:
            await self.leave()

    def _tick(self) -> None:
        if self._check is not None:
            self.query_one(Meter).show(self._check.level)
            if self._check.over:
                self._over.set()

    async def leave(self) -> None:
        """End the recording and delete it."""
        if self._timer:
            self._timer.pause()
        check, self._check = self._check, None
        if check is not None:
            await check.close()


def microphones(found: Sequence[DeviceInfo], chosen: str) -> list[tuple[str, str]]:
    """Name and setting of each, the default first. Linux has a device called "default": it is not named again, unless
    the setting names it."""
    if not found:
        return []
    default = next((device.name for device in found if device.is_default_input), "")
    same = default == _DEFAULT
    others = [(one.name, one.name) for one in found if not (same and one.name == default != chosen)]
    return [(f"the default ({default})" if default and not same else "the default", ""), *others]


class VoiceStep(Step):
    """A sentence spoken by the voice chosen, at the rate chosen."""

    TITLE = "2  The interviewer's voice"
    ABOUT = (
        "Press {attempt} to hear it. ↑ ↓ and Enter choose another voice; Tab, then ← → another rate. More natural "
        "ones can be fetched at any time (Models)."
    )
    SPACE = "hear the voice"

    def more(self) -> Sequence[Widget]:
        rate = self.runtime.settings.speech.rate
        rates = [*_RATES] if rate in dict(_RATES).values() else [*_RATES, (str(rate), rate)]
        return (Choice("Rate", rates, rate, id="step-rate"),)

    async def fill(self) -> None:
        """The English voices, where there are any."""
        if not self._values:
            self.query_one(OptionList).set_options([Option("  Looking for voices…", disabled=True)])
        speaker = self.runtime.speaker()
        try:
            voices = await speaker.voices()
        except MockintError:
            self.offer([])
            raise
        finally:
            await speaker.close()
        english = [voice for voice in voices if voice.language.lower().startswith("en")] or voices
        options = [("a plain English one", ""), *((voice.name, voice.name) for voice in english)]
        self.offer(options, self.runtime.settings.speech.voice)

    def choose(self, value: str) -> None:
        """Use this one from now on, and let it be heard."""
        self.keep("speech.voice", value)
        self.post_message(Tried())
        self.app.run_worker(self.fill(), exit_on_error=False)

    def on_choice_changed(self) -> None:
        """Another rate."""
        self.keep("speech.rate", self.query_one(Choice).value)

    async def attempt(self) -> None:
        """Speak the sentence."""
        self.say("One moment…")
        speaker = self.runtime.speaker()
        try:
            spoken = await speaker.synthesise(SENTENCE)
            self.say(f"▶ {SENTENCE}")
            await self.runtime.player().play(spoken)
            self.say("You can hear it again.")
        finally:
            await speaker.close()


class RecogniserStep(Step):
    """The weights that can be had, with their sizes."""

    TITLE = "3  Who writes your words down"
    ABOUT = (
        "mockint understands you as it is. A Whisper model understands more; it is a download, stays on this machine, "
        "and can be fetched at any time (Models). Enter asks for its exact size first."
    )

    async def fill(self) -> None:
        """The catalogue and what is used now."""
        from mockint.plain_models import state  # noqa: PLC0415 - wanted only here
        from mockint.transcribe import registry  # noqa: PLC0415
        from mockint.weights.catalogue import catalogue  # noqa: PLC0415

        self.offer([(f"{weights.name:<28}{state(weights)}", weights) for weights in catalogue() if not weights.speaks])
        setting = self.runtime.settings.transcribe
        choice = await asyncio.to_thread(registry.choose, setting.engine, setting.model)
        self.say(f"In use now: {' '.join((choice.engine, choice.model)).strip()}.")

    def choose(self, value: Weights) -> None:
        """Fetch it."""
        from mockint.tui.screens.models import DownloadDialog  # noqa: PLC0415

        self.app.push_screen(DownloadDialog(self.runtime, value), self._fetched)

    def _fetched(self, _: Weights | None) -> None:
        self.app.run_worker(self.fill(), exit_on_error=False)


class JobStep(Step):
    """The sample job or the user's own."""

    TITLE = "4  The job you practise for"
    ABOUT = "Questions are chosen for it. It can be changed at any time on the first screen."

    async def fill(self) -> None:
        """Two ways to go on."""
        job = await asyncio.to_thread(self.runtime.job, None)
        self.offer([(f"the sample job: {job.title or 'untitled'}", False), ("a job description of my own…", True)])

    def choose(self, value: bool) -> None:
        """Done."""
        self.post_message(Done(own_job=value))


class Tried(Message):
    """What Space does is wanted."""


class Done(Message):
    """The last step was taken."""

    def __init__(self, *, own_job: bool) -> None:
        super().__init__()
        self.own_job = own_job
        """Whether the user has a job description."""
