"""A plan of study up to an interview: laid from wishes, weights and measured weakness; ticked off; laid anew.

Pure: the time is given, nothing is read or written.
"""

from mockint.plan.areas import questions_to_ask, study_areas, weights
from mockint.plan.checklist import place_in
from mockint.plan.keep import (
    behind,
    block_numbered,
    check_ticked,
    done_minutes,
    next_block,
    replanned,
    ticked,
)
from mockint.plan.lay import hours, lay
from mockint.plan.moments import check_moments, local, parse_moment, parse_night, parse_slots, zone_named
from mockint.plan.recap import recap_cards
from mockint.plan.values import (
    FORMAT,
    STUDY,
    TO_DO,
    AreaShare,
    Block,
    BlockKind,
    CheckItem,
    Place,
    Plan,
    RecapCard,
    Slot,
    StudyArea,
    StudyWishes,
)

__all__ = [
    "FORMAT",
    "STUDY",
    "TO_DO",
    "AreaShare",
    "Block",
    "BlockKind",
    "CheckItem",
    "Place",
    "Plan",
    "RecapCard",
    "Slot",
    "StudyArea",
    "StudyWishes",
    "behind",
    "block_numbered",
    "check_moments",
    "check_ticked",
    "done_minutes",
    "hours",
    "lay",
    "local",
    "next_block",
    "parse_moment",
    "parse_night",
    "parse_slots",
    "place_in",
    "questions_to_ask",
    "recap_cards",
    "replanned",
    "study_areas",
    "ticked",
    "weights",
    "zone_named",
]
