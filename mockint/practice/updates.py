"""What an interview says while it goes on, and the devices it uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mockint.audio.port import Player, Recorder
from mockint.capture import Heard
from mockint.interview import FollowUp, State
from mockint.model import Card, Question, Transcript, Value
from mockint.sessions import TakeRef
from mockint.speech.port import Speaker
from mockint.transcribe.port import Transcriber


class PhaseChanged(Value, frozen=True, kw_only=True):
    """The interview is in a new state."""

    state: State


class CardReady(Value, frozen=True, kw_only=True):
    """An answer has been scored and kept."""

    question: Question
    take: TakeRef
    transcript: Transcript
    card: Card
    follow_up: FollowUp | None = None
    """What the interviewer asks next about it, if the user likes."""


class CardImproved(Value, frozen=True, kw_only=True):
    """A better transcript than the draft an answer was scored from is there, and scored."""

    ready: CardReady


class HintGiven(Value, frozen=True, kw_only=True):
    """A hint the user asked for."""

    text: str
    left: int
    """How many more there are."""


class Notice(Value, frozen=True, kw_only=True):
    """Something the user should know; the interview goes on."""

    message: str
    hint: str = ""


Update = PhaseChanged | Heard | CardReady | CardImproved | HintGiven | Notice


@dataclass(frozen=True)
class Ports:
    """The devices and engines an interview uses."""

    speaker: Speaker
    player: Player
    transcriber: Transcriber
    new_recorder: Callable[[Question], Recorder]
    """Makes a recorder for an answer to this question."""
