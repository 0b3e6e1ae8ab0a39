"""How a spoken answer sounds: pace, silences, fillers. Bands, level rule and sources are in `rules/delivery.yaml`.

Speech time and pauses come from the signal's speech regions where they were measured, else from the words' times,
and the card says which.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from msgspec import structs

from mockint.config import ScoringSettings
from mockint.model import Delivery, Filler, Fillers, Finding, PaceWindow, Pause, PauseKind, Span, Transcript
from mockint.scoring import rules
from mockint.scoring.rules import Rule
from mockint.scoring.sentences import Range
from mockint.scoring.text import FILLED_PAUSES, Line, Token, finding

_LONGEST_REPEAT = 4
_END_SLACK_S = 0.3
"""A recogniser's word may end so long before the voice does."""
_MEANT_TWICE = frozenset({"very", "really", "had", "that", "so", "much", "no", "many", "long", "bye", "yeah", "yes"})


SWITCHED_OFF = "switched off in the settings"
_EDGES = {
    "delivery.pace.slow": ("", "pace_slow"),
    "delivery.pace.a_little_slow": ("pace_slow", "pace_a_little_slow"),
    "delivery.pace.brisk": ("pace_brisk", "pace_fast"),
    "delivery.pace.fast": ("pace_fast", ""),
    "delivery.silence.long": ("long_silence", ""),
}
"""Rule -> the settings that are its band's lower and upper edge."""


def assess(
    transcript: Transcript, tokens: Sequence[Token], ranges: Sequence[Range], settings: ScoringSettings
) -> Delivery:
    """Delivery of an answer that has words; level None with the reason where too little can be measured."""
    if transcript.typed:
        return Delivery(level=None, reason="typed")
    if not settings.delivery:
        return Delivery(level=None, reason=SWITCHED_OFF)
    speech = speech_regions(transcript)
    if not speech:
        return Delivery(level=None, reason="neither speech nor word times are known")
    value = rules.load("delivery").value
    words = [token for token in tokens if _counts(token)]
    speech_s = sum(end - start for start, end in speech)
    pauses = find_pauses(speech, _sentence_ends(tokens, ranges))
    rate = round(60 * len(words) / speech_s, 1) if words and speech_s > 0 else None
    fillers = _fillers(transcript.fillers, tokens, len(words))
    reason = None
    if len(words) < value("fewest_words") or speech_s < value("least_speech_s"):
        reason = f"too short to judge ({len(words)} words in {speech_s:.0f} s of speech)"
    windows = pace_windows(words, speech)
    return Delivery(
        level=None if reason else level(sustained_rate(rate, windows, settings), fillers, pauses, settings),
        reason=reason,
        words_per_minute=rate,
        fillers=fillers,
        pauses=pauses,
        pauses_source="words" if transcript.speech is None else "speech",
        thinking_s=round(speech[0][0], 3),
        speaking_share=round(speech_s / (speech[-1][1] - speech[0][0]), 3),
        pace=windows,
        hedges=_hedges(tokens),
        repeats=_repeats(tokens),
    )


def speech_regions(transcript: Transcript) -> tuple[Span, ...]:
    """Stretches with voice, in order: from the signal, else words and fillers joined over gaps under 0.25 s."""
    if transcript.speech is not None:
        return _joined(transcript.speech, 0.0)
    heard = [(word.start, word.end) for word in transcript.words]
    heard += [(filler.start, filler.end) for filler in transcript.fillers or ()]
    return _joined(heard, rules.load("delivery").value("pause_s"))


def _joined(spans: Iterable[Span], gap: float) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if joined and (start <= joined[-1][1] or start - joined[-1][1] < gap):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def find_pauses(speech: Sequence[Span], sentence_ends: Sequence[float]) -> tuple[Pause, ...]:
    """Silences of 0.25 s or more before and between speech regions; `sentence_ends` in order."""
    value = rules.load("delivery").value
    pauses = []
    silences = zip([0.0, *(end for _, end in speech)], [start for start, _ in speech], strict=False)
    for position, (start, end) in enumerate(silences):
        if end - start >= value("pause_s"):
            kind = "thinking" if position == 0 else _kind(start, end, sentence_ends)
            pauses.append(Pause(start_s=round(start, 3), end_s=round(end, 3), kind=kind))
    return tuple(pauses)


def _kind(start: float, end: float, sentence_ends: Sequence[float]) -> PauseKind:
    if end - start > rules.load("delivery").value("long_pause_s"):
        return "long"
    after = bisect_left(sentence_ends, start - _END_SLACK_S)
    return "between" if after < len(sentence_ends) and sentence_ends[after] <= end else "within"


def pace_windows(words: Sequence[Token], speech: Sequence[Span]) -> tuple[PaceWindow, ...]:
    """Words per minute of speech time in windows of 15 s from the first speech on; None under 5 s of speech."""
    value = rules.load("delivery").value
    length, least = value("window_s"), value("window_speech_s")
    first, end = speech[0][0], speech[-1][1]
    count = min(int((end - first) // length) + 1, 1000)
    said = [0] * count
    for token in words:
        if token.start is None or token.end is None:
            return ()
        said[min(max(int(((token.start + token.end) / 2 - first) // length), 0), count - 1)] += 1
    voiced = [0.0] * count
    for start, stop in speech:
        for i in range(
            min(int((start - first) // length), count - 1), min(int((stop - first) // length), count - 1) + 1
        ):
            low = first + i * length
            voiced[i] += max(0.0, min(stop, low + length) - max(start, low))
    return tuple(
        PaceWindow(
            start_s=round(first + i * length, 3),
            end_s=round(min(first + (i + 1) * length, end), 3),
            words_per_minute=round(60 * said[i] / voiced[i], 1) if voiced[i] >= least else None,
        )
        for i in range(count)
        if first + i * length < end
    )


def sustained_rate(rate: float | None, windows: Sequence[PaceWindow], settings: ScoringSettings) -> float | None:
    """The rate the pace bands judge: the fastest window of 10 s or more when it is in the fast band, else the whole."""
    sustained = rules.load("delivery").value("sustained_s")
    fast = _adjusted(rules.load("delivery").rule("delivery.pace.fast"), settings)
    if rate is None:
        return None
    held = [w.words_per_minute for w in windows if w.end_s - w.start_s >= sustained and w.words_per_minute is not None]
    fastest = max(held, default=rate)
    return fastest if rules.in_band(fast, fastest) else rate


def level(rate: float | None, fillers: Fillers | None, pauses: Sequence[Pause], settings: ScoringSettings) -> int:
    """5 less the weights of the bands the answer is in, at least 1; at most 4 where fillers were not listened for."""
    lost = sum(rule.weight for rule, _ in bands(rate, fillers, pauses, settings))
    best = 5 if fillers is not None else rules.load("delivery").value("level_without_fillers")
    return max(1, int(min(best, 5 - lost)))


def bands(
    rate: float | None, fillers: Fillers | None, pauses: Sequence[Pause], settings: ScoringSettings
) -> list[tuple[Rule, float]]:
    """The bands of pace, fillers and longest silence the answer is in, each with the number that put it there."""
    silence = longest_silence(pauses)
    numbers = {
        "pace": rate,
        "fillers": fillers.per_100_words if fillers else None,
        "silence": silence.end_s - silence.start_s if silence else None,
    }
    ruleset = rules.load("delivery")
    return [
        (rule, number)
        for group, number in numbers.items()
        if number is not None
        for rule in (_adjusted(rule, settings) for rule in ruleset[group])
        if rules.in_band(rule, number)
    ]


def _adjusted(rule: Rule, settings: ScoringSettings) -> Rule:
    """A rule with its band's edges as the user set them."""
    low, high = _EDGES.get(rule.id, ("", ""))
    return structs.replace(
        rule,
        at_least=float(getattr(settings, low)) if low else rule.at_least,
        below=float(getattr(settings, high)) if high else rule.below,
    )


def longest_silence(pauses: Sequence[Pause]) -> Pause | None:
    """The longest silence after the answer began; thinking before it is free."""
    later = [pause for pause in pauses if pause.kind != "thinking"]
    return max(later, key=lambda pause: pause.end_s - pause.start_s, default=None)


def _counts(token: Token) -> bool:
    return bool(token.norm) and token.norm not in FILLED_PAUSES


def _sentence_ends(tokens: Sequence[Token], ranges: Sequence[Range]) -> list[float]:
    return sorted(end for _, last in ranges if (end := tokens[last].end) is not None)


def _fillers(heard: tuple[Filler, ...] | None, tokens: Sequence[Token], words: int) -> Fillers | None:
    if heard is None:
        return None
    least = rules.load("delivery").value("filler_confidence")
    heard = tuple(filler for filler in heard if filler.confidence >= least)
    starts = [token.start or 0.0 for token in tokens]
    findings = tuple(_filler(filler, tokens, bisect_left(starts, filler.start)) for filler in heard)
    return Fillers(
        count=len(heard), per_100_words=round(100 * len(heard) / words, 2) if words else None, findings=findings
    )


def _filler(filler: Filler, tokens: Sequence[Token], after: int) -> Finding:
    """A filler with the words around it; its own time. `after` is the first word that begins after it."""
    first, last = max(after - 3, 0), min(after + 2, len(tokens) - 1)
    around = finding("delivery.filler", f"“{filler.text}”", tokens, first, last)
    return structs.replace(around, start_s=filler.start, end_s=filler.end)


def _hedges(tokens: Sequence[Token]) -> tuple[Finding, ...]:
    ruleset, line = rules.load("delivery"), Line(tokens)
    return tuple(
        finding(rule.id, rule.message, tokens, *line.span(match))
        for rule in ruleset["hedges"]
        for match in ruleset.finditer(rule, line.text)
    )


def _repeats(tokens: Sequence[Token]) -> tuple[Finding, ...]:
    """One to four words said twice in a row."""
    words = [token for token in tokens if token.norm]
    found: list[Finding] = []
    i = 0
    while i < len(words):
        size = next((n for n in range(_LONGEST_REPEAT, 0, -1) if _twice(words[i : i + 2 * n], n)), 0)
        if size:
            last = words[i + 2 * size - 1].at
            found.append(finding("delivery.repeat", "said twice", tokens, words[i].at, last))
        i += size or 1
    return tuple(found)


def _twice(words: Sequence[Token], n: int) -> bool:
    """Whether these are `n` words and the same ones again, without a follow-up question between them."""
    norms = [word.norm for word in words]
    whole = len(norms) == 2 * n and not any(word.ends_block for word in words[:-1])
    return whole and norms[:n] == norms[n:] and not _MEANT_TWICE.issuperset(norms)
