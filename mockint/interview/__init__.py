"""The interviewer: which question comes next, and the states of a session. Pure: no I/O, no clock."""

from mockint.interview.choose import Wishes, choose_questions
from mockint.interview.state import Event, Phase, State

__all__ = ["Event", "Phase", "State", "Wishes", "choose_questions"]
