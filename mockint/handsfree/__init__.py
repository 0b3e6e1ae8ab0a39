"""A session without hands or eyes: everything is said, and done by voice or by single keys."""

from mockint.handsfree.conduct import REVIEW_MINUTES, HandsFree, Journey, Mode
from mockint.handsfree.moments import Moment
from mockint.handsfree.updates import Listening, MomentChanged, NotUnderstood, Said, Told, Understood
from mockint.handsfree.wording import Wording

__all__ = [
    "REVIEW_MINUTES",
    "HandsFree",
    "Journey",
    "Listening",
    "Mode",
    "Moment",
    "MomentChanged",
    "NotUnderstood",
    "Said",
    "Told",
    "Understood",
    "Wording",
]
