"""The interviewer: which question comes next, what is asked after an answer, and the states of a session.

Pure: no I/O, no clock.
"""

from mockint.interview.choose import Wishes, choose_questions, in_order_to_ask, questions_in_turn
from mockint.interview.follow_up import FollowUp, follow_up
from mockint.interview.for_job import ForJob, for_job
from mockint.interview.hints import hints
from mockint.interview.lengths import TARGET_S
from mockint.interview.state import Event, Phase, State

__all__ = [
    "TARGET_S",
    "Event",
    "FollowUp",
    "ForJob",
    "Phase",
    "State",
    "Wishes",
    "choose_questions",
    "follow_up",
    "for_job",
    "hints",
    "in_order_to_ask",
    "questions_in_turn",
]
