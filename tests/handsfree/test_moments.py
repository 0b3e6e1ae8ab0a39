"""What can be said and pressed, moment by moment."""

from __future__ import annotations

from mockint.commands.port import CONFIRMING, IN_TAKE, Command
from mockint.handsfree.moments import ALLOWED, KEYS, OBVIOUS, Moment, key_of, may_be_pressed, pressed


def test_every_command_can_be_said_somewhere_and_has_one_key() -> None:
    assert frozenset().union(*ALLOWED.values()) == frozenset(Command)
    assert len(set(KEYS.values())) == len(KEYS) == len(Command)


def test_in_an_answer_only_three_things_can_be_said() -> None:
    assert ALLOWED[Moment.ANSWER] == IN_TAKE


def test_whatever_can_be_said_can_be_pressed() -> None:
    for moment in Moment:
        for command in ALLOWED[moment]:
            assert pressed(moment, key_of(command)) is command


def test_space_does_something_everywhere_and_never_throws_away() -> None:
    for moment in Moment:
        command = pressed(moment, " ")
        assert command is OBVIOUS[moment] and command in ALLOWED[moment]
        assert moment is Moment.END or command not in (Command.STOP, Command.SKIP, Command.YES, Command.AGAIN)


def test_every_moment_but_questions_back_can_be_stopped() -> None:
    assert all(Command.STOP in ALLOWED[moment] for moment in Moment if ALLOWED[moment] != CONFIRMING)


def test_a_key_that_means_nothing_now_does_nothing() -> None:
    assert pressed(Moment.ANSWER, "h") is None
    assert pressed(Moment.QUESTION, "z") is None
    assert pressed(Moment.CONFIRM, "n") is Command.NO
    assert pressed(Moment.PAUSED, "p") is Command.RESUME
    assert Command.SKIP in may_be_pressed(Moment.ANSWER)
