"""What a hands-free session tells its front end, besides what the interview in it tells."""

from __future__ import annotations

from mockint.commands.port import Command
from mockint.handsfree.moments import Moment
from mockint.model import Value
from mockint.practice import Update


class Said(Value, frozen=True, kw_only=True):
    """Something is being said; shown as it is heard."""

    text: str


class Listening(Value, frozen=True, kw_only=True):
    """A command is listened for from now on."""


class Understood(Value, frozen=True, kw_only=True):
    """A command was said."""

    command: Command


class NotUnderstood(Value, frozen=True, kw_only=True):
    """Something was said between takes that is no command."""


class MomentChanged(Value, frozen=True, kw_only=True):
    """Other things can be said and pressed now."""

    moment: Moment


Told = Said | Listening | Understood | NotUnderstood | MomentChanged | Update
