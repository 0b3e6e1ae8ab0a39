"""How a sentence of a posting stands to a skill it names: needed, welcome, or not asked for at all."""

from __future__ import annotations

import re
from typing import Literal

Stance = Literal["needed", "welcome", "denied"]

_NICE = re.compile(
    r"\b(?:nice to have|good to have|an? (?:big |huge |strong |real |definite |clear )?(?:plus|bonus|advantage)|"
    r"bonus (?:points?|if)|desirable|desired|preferred|advantageous|beneficial|lovely|handy|welcome|"
    r"not (?:an? )?(?:\w+ )?(?:required|requirement|essential|must|needed|necessary|condition|mandatory)|"
    r"(?:is|are|it['’]s) no (?:condition|requirement|must)|"
    r"no (?:prior |previous )?(?:[\w+#./-]+ ){1,3}(?:needed|required|necessary|expected)|"
    r"would be (?:great|nice|good|useful|helpful|glad|happy)|would (?:help|love)|if you(?: have|['’]ve) (?:ever )?met|"
    r"(?:can|will|['’]ll|happy to) teach(?: you)?|von vorteil|wünschenswert|gerne)\b",
    re.I,
)
_NICE_FROM_HERE = re.compile(r"\b(?:ideally|preferably|idealerweise)\b", re.I)
_TAUGHT = re.compile(r"^[^.;]{0,60}\bbut (?:we|you)[^.;,]{0,15}\b(?:teach|learn)\b", re.I)
_CLAUSE = re.compile(r";\s|\s(?:but|while|whereas)\s|\s[–—]\s|,\s(?=with\b|and (?:some|any)\b)")

_BREAK = re.compile(
    r"[;:.!?](?=\s|$)|\s[–—-]\s|\b(?:but|so|because|although|though|unless|until|sondern|aber)\b|"
    r",\s+(?:(?:and|or)\s+)?(?:we|you|they|it|he|she|there|this|that|nobody|the|our|your|which|who|if|what)\b",
    re.I,
)
"""Where what is denied ends; a comma or "and" alone goes on with the list."""
_NOT = re.compile(
    r"\b(?:no|not|never|without|neither|nor|don['’]t|doesn['’]t|didn['’]t|won['’]t|isn['’]t|aren['’]t|cannot|can['’]t|"
    r"instead of|rather than|got rid of|said goodbye to|kein\w{0,2}|nicht|ohne|(?:we|have|has|['’]ve) "
    r"(?:dropped|ditched|retired|abandoned|left behind|(?:moved|migrated|switched)(?: away)? (?:off|from))|"
    r"(?:moving|migrating) away from)\b",
    re.I,
)
_NOT_DENIED = re.compile(
    r"\b(?:not|never) (?:only|just|limited|merely|necessarily|afraid|shy|least|stop\w*|be)\b|"
    r"\bno (?:matter|less|fewer|doubt|later|one|problem|stranger)\b|"
    r"\b(?:don['’]t|do not|never) (?:worry|hesitate|panic|mind|be)\b|"
    r"\bwhether or not\b|\bif not\b|\bwithout (?:fear|help|supervision|\w+ing)\b|"
    r"\bnot (?:too|yet|so)\b",
    re.I,
)
_GONE = re.compile(
    r"^(?:\s(?!that\b|which\b|who\b)\w+){0,2}(?:,[^,.;]{1,30},)?\s(?:is|are|was|were|has been|have been)\b[^.;]{0,25}?"
    r"\b(?:not|no longer|never|neither|retired|gone|dropped|abandoned|switched off|phased out)\b",
    re.I,
)
_NEITHER = re.compile(r"\bneither (?:required|needed|necessary|expected|used)\b")
_OTHERS = re.compile(
    r"^(?:\s(?!that\b|which\b|who\b)\w+){0,3}\s"
    r"(?:supported|run|maintained|looked after|handled|done|operated|owned|hosted) by "
    r"(?:an?|another|the|our|other)\b[^.;]{0,40}\b(?:supplier|vendor|contractor|agency|partner|department|provider)",
    re.I,
)
_TO = re.compile(r"\bfrom\b.*\b(?:to|with|for)\b", re.I)
_OFFERED = re.compile(
    r"\b(?:an? (?:\w+ )?laptop|macbook|thinkpad|days (?:off|of (?:leave|holiday|vacation))|annual leave|parental leave|"
    r"weeks of (?:leave|holiday|vacation)|pension (?:scheme|plan|contributions?)|a pension|gym membership|salary scale|"
    r"(?:private|dental) (?:health )?insurance|stock options|free (?:lunch|coffee|snacks|fruit)|travel card|bahncard|"
    r"(?:there is|with|offer|earn) an? (?:\w+ )?salary|urlaubstage|tage urlaub|"
    r"(?:courses|classes|certificates|certifications|training) (?:is|are) (?:offered|available|provided|paid))\b",
    re.I,
)
_NOT_ABOUT_SKILLS = re.compile(
    r"equal[- ]opportunit|regardless of|protected characteristic|discriminat|without regard to|"
    r"reasonable (?:adjustment|accommodation)",
    re.I,
)


def names_no_skill(sentence: str) -> bool:
    """Whether a sentence is about equal opportunities or what the employer gives."""
    return bool(_NOT_ABOUT_SKILLS.search(sentence) or _OFFERED.search(sentence))


def stance(sentence: str, start: int, end: int) -> Stance:
    """How a sentence stands to what it names from `start` to `end`."""
    if _NEITHER.search(sentence, end):
        return "denied"
    if _is_nice(sentence, start) or _TAUGHT.match(sentence[end:]):
        return "welcome"
    return "denied" if _is_denied(sentence, start, end) else "needed"


def _is_nice(sentence: str, position: int) -> bool:
    ends = [0, *(found.start() for found in _CLAUSE.finditer(sentence)), len(sentence)]
    start = max(end for end in ends if end <= position)
    clause = sentence[start : min(end for end in ends if end > position)]
    before = _NICE_FROM_HERE.search(clause)
    return bool(_NICE.search(clause)) or (before is not None and start + before.start() < position)


def _is_denied(sentence: str, start: int, end: int) -> bool:
    begin = max((found.start() for found in _BREAK.finditer(sentence, 0, start)), default=0)
    before, after = sentence[begin:start], sentence[end:]
    after = after[: found.start()] if (found := _BREAK.search(after)) and found.start() > 1 else after
    said = _NOT_DENIED.sub(" ", before)
    nots = list(_NOT.finditer(said))
    if nots and not _TO.search(said[nots[-1].start() :]):
        return True
    return bool(_GONE.match(after) or _OTHERS.match(after))
