"""What many sessions say together: levels over time, the job's coverage, what is due again, what to practise next.

Pure: past attempts and the time in, values out.
"""

from mockint.progress.need import UNWEIGHTED, needs
from mockint.progress.past import past_attempts
from mockint.progress.repetition import Standing, rating, standings
from mockint.progress.series import Series, series
from mockint.progress.summary import AreaProgress, Progress, Suggested, progress
from mockint.progress.tally import AreaTally, tally

__all__ = [
    "UNWEIGHTED",
    "AreaProgress",
    "AreaTally",
    "Progress",
    "Series",
    "Standing",
    "Suggested",
    "needs",
    "past_attempts",
    "progress",
    "rating",
    "series",
    "standings",
    "tally",
]
