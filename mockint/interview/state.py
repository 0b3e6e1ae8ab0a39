"""The states of a session, and every step there is between them.

Half-duplex by construction: the answer is recorded only in `LISTENING`, mockint speaks only in `ASKING` and
`ASKING_LISTENING`, and no phase is both. `ASKING_LISTENING` is the headphone state: while a question is read out the
microphone may listen for commands, from memory only. In `HELD` a recording is open and nothing is written to it.
"""

from __future__ import annotations

from enum import StrEnum

from mockint.errors import InvalidTransition
from mockint.model import Question, Value


class Phase(StrEnum):
    """What is going on."""

    READY = "ready"
    ASKING = "asking"
    ASKING_LISTENING = "asking-listening"
    THINKING = "thinking"
    LISTENING = "listening"
    HELD = "held"
    TYPING = "typing"
    TRANSCRIBING = "transcribing"
    SCORED = "scored"
    SUMMARY = "summary"


class Event(StrEnum):
    """What can happen."""

    ASK = "ask"
    ASKED = "asked"
    REPEAT = "repeat"
    ANSWER = "answer"
    HOLD = "hold"
    GO_ON = "go-on"
    STOP = "stop"
    DISCARD = "discard"
    TYPE = "type"
    SUBMIT = "submit"
    SCORED = "scored"
    FAILED = "failed"
    RETRY = "retry"
    NEXT = "next"
    SKIP = "skip"
    FOLLOW_UP = "follow-up"
    FINISH = "finish"


SPEAKING = frozenset({Phase.ASKING, Phase.ASKING_LISTENING})

_STEPS: dict[Event, dict[Phase, Phase]] = {
    Event.ASK: {Phase.READY: Phase.ASKING},
    Event.ASKED: {Phase.ASKING: Phase.THINKING, Phase.ASKING_LISTENING: Phase.THINKING},
    Event.REPEAT: {Phase.THINKING: Phase.ASKING},
    Event.ANSWER: {Phase.THINKING: Phase.LISTENING},
    Event.HOLD: {Phase.LISTENING: Phase.HELD},
    Event.GO_ON: {Phase.HELD: Phase.LISTENING},
    Event.STOP: {Phase.LISTENING: Phase.TRANSCRIBING, Phase.HELD: Phase.TRANSCRIBING},
    Event.DISCARD: {Phase.LISTENING: Phase.THINKING, Phase.HELD: Phase.THINKING, Phase.TYPING: Phase.THINKING},
    Event.TYPE: {Phase.THINKING: Phase.TYPING},
    Event.SUBMIT: {Phase.TYPING: Phase.TRANSCRIBING},
    Event.SCORED: {Phase.TRANSCRIBING: Phase.SCORED},
    Event.FAILED: {Phase.TRANSCRIBING: Phase.THINKING},
    Event.RETRY: {Phase.SCORED: Phase.THINKING},
    Event.NEXT: {Phase.SCORED: Phase.ASKING},
    Event.SKIP: {Phase.THINKING: Phase.ASKING, Phase.TYPING: Phase.ASKING},
    Event.FOLLOW_UP: {Phase.SCORED: Phase.ASKING},
    Event.FINISH: {phase: Phase.SUMMARY for phase in Phase if phase is not Phase.SUMMARY},
}

_FORGETS = {Event.NEXT, Event.SKIP, Event.RETRY}
"""After these the question itself is asked again, or another one."""


class State(Value, frozen=True, kw_only=True):
    """Where a session stands."""

    questions: tuple[Question, ...]
    phase: Phase = Phase.READY
    index: int = 0
    """Position of the present question, 0-based."""
    prompt: str = ""
    """What is asked after an answer to the present question; empty: the question itself is asked."""
    headphones: bool = False
    """Whether the user says the microphone cannot hear the speaker."""

    @property
    def question(self) -> Question:
        """The present question."""
        return self.questions[self.index]

    @property
    def asked(self) -> str:
        """What is asked now, as it is said."""
        return self.prompt or self.question.spoken or self.question.text

    @property
    def last(self) -> bool:
        """Whether no question follows."""
        return self.index + 1 >= len(self.questions)

    @property
    def speaking(self) -> bool:
        """Whether mockint is speaking."""
        return self.phase in SPEAKING

    @property
    def recording(self) -> bool:
        """Whether the microphone is recorded."""
        return self.phase is Phase.LISTENING

    def allows(self, event: Event) -> bool:
        """Whether `event` can happen now."""
        return self.phase in _STEPS[event]

    def step(self, event: Event, prompt: str = "") -> State:
        """Return the state after `event`; raises InvalidTransition where it cannot happen.

        `prompt`: what is asked, with FOLLOW_UP. Skipping it leads back to the card.
        """
        if not self.allows(event):
            raise InvalidTransition(f"{event} cannot happen while {self.phase}")
        phase, index = _STEPS[event][self.phase], self.index
        if event is Event.SKIP and self.prompt:
            phase = Phase.SCORED
        elif event in (Event.NEXT, Event.SKIP):
            phase, index = (Phase.SUMMARY, index) if self.last else (phase, index + 1)
        if phase is Phase.ASKING and self.headphones:
            phase = Phase.ASKING_LISTENING
        following = self.prompt if phase not in (Phase.SCORED, Phase.SUMMARY) and event not in _FORGETS else ""
        return State(
            questions=self.questions,
            phase=phase,
            index=index,
            prompt=prompt or following,
            headphones=self.headphones,
        )
