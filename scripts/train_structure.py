"""Train the weights that recognise stories and their parts, from the answers in `benchmarks/data/stories`.

    python scripts/train_structure.py              choose thresholds by cross-validation, train, write the weights
    python scripts/train_structure.py --validate   only report what held-out answers get

Every story is used as written and as spoken (lower case, no punctuation, pauses), whole and with one or two parts cut
out, with asides put in. The same data give the same weights. Training is python-crfsuite's (L-BFGS, L1 and L2).
"""

from __future__ import annotations

import json
import random
import re
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pycrfsuite

from mockint import paths
from mockint.banks.load import load_banks
from mockint.model import COMPONENTS, Transcript, Word
from mockint.scoring import features
from mockint.scoring.features import Features
from mockint.scoring.sentences import Range, split
from mockint.scoring.text import Token, tokenise, tokenise_text
from mockint.scoring.weights import Chain

ROOT = Path(__file__).parent.parent
DATA = ROOT / "benchmarks" / "data" / "stories"
OUT = ROOT / "mockint" / "scoring" / "trained"
NAMES = {"S": "situation", "T": "task", "A": "action", "R": "result", "O": "other"}
FOLDS = 5
CHAIN = {"c1": 1.0, "c2": 20.0, "max_iterations": 120, "feature.minfreq": 6, "feature.possible_transitions": True}
PARTS = {"c1": 1.0, "c2": 5.0, "max_iterations": 150, "feature.minfreq": 6}
STORY = {"c1": 0.3, "c2": 3.0, "max_iterations": 200, "feature.minfreq": 3, "feature.possible_states": True}
RECALL = 0.95
"""Share of held-out stories that must be taken for stories."""
TIE = 0.005
"""Differences of balanced accuracy that mean nothing."""
FIRST = 3
"""Sentences that make a brief answer of one without parts."""
NO_STORY_COPIES = 2
"""There are fewer of them; both kinds should weigh about the same."""
ASIDES = (
    "Good question.", "Let me see.", "Okay, so, where do I start.", "Right, yes.", "I've got one for that.",
    "Does that make sense?", "Is that the sort of thing you mean?", "Sorry, I lost my thread there.",
    "Anyway, back to the story.", "I hope that answers your question.", "I could say more about it if you want.",
    "Let me start over.", "That's a hard one.", "Yeah, so I have an example of this.", "Give me a second.",
    "That's basically it.", "So that's my example.", "Happy to go deeper on any of that.",
    "Let me think of a good one.", "Well, let me put it differently.", "I think that covers it.",
    "Sorry, I'm jumping around a bit.", "Maybe I should explain that first.", "What else can I tell you.",
    "Can I take a moment?",
)  # fmt: skip

Segments = list[tuple[str, str]]
"""(label, text) in the order told."""


class Sample(NamedTuple):
    """An answer as the scorer sees it, with the truth."""

    tokens: tuple[Token, ...]
    ranges: tuple[Range, ...]
    own: list[Features]
    """Of each sentence by itself."""
    manner: Features
    labels: list[str]
    """Of each sentence."""
    words: list[str]
    """Of each token."""

    @property
    def parts(self) -> set[str]:
        return set(self.words) - {"other"}


def stories() -> list[Segments]:
    """Every labelled story, in order of file and line."""
    return [
        [(NAMES[s["label"]], " ".join(s["text"].split())) for s in row["segments"]] for row in rows("stories-*.jsonl")
    ]


def no_stories() -> list[Segments]:
    """Every answer that tells none: those written for it, and the banks' explanations."""
    explained = [
        q.model_answer for bank in load_banks((paths.banks_dir(),)) for q in bank.questions if q.kind == "technical"
    ]
    texts = [*(row["text"] for row in rows("no-stories-*.jsonl")), *filter(None, explained)]
    return [[("other", " ".join(text.split()))] for text in texts]


def rows(pattern: str) -> Iterator[dict[str, Any]]:
    for file in sorted(DATA.glob(pattern)):
        yield from map(json.loads, file.read_text("utf-8").splitlines())


# --- samples -------------------------------------------------------------------------------------------------------


def cut(story: Segments, chance: random.Random) -> Segments:
    """Without one or two of its parts; one always stays."""
    parts = sorted({label for label, _ in story} - {"other"}) or [""]
    gone = set(chance.sample(parts, min(len(parts) - 1, chance.choice([1, 1, 2]))))
    return [segment for segment in story if segment[0] not in gone]


def with_asides(story: Segments, chance: random.Random) -> Segments:
    """With something said about the answer, often before it and sometimes in it."""
    told = list(story)
    if chance.random() < 0.6:
        told.insert(0, ("other", chance.choice(ASIDES)))
    if chance.random() < 0.4:
        told.insert(chance.randrange(1, len(told) + 1), ("other", chance.choice(ASIDES)))
    return told


def typed(story: Segments) -> Sample:
    """As somebody would type it."""
    words = [label for label, text in story for _ in text.split()]
    return _sample(tokenise_text(" ".join(text for _, text in story)), words)


def spoken(story: Segments, chance: random.Random) -> Sample:
    """As a recogniser without punctuation would give it, with a pause after four of five sentences."""
    at, words, labels = 0.4, [], []
    for label, text in story:
        for sentence in re.split(r"(?<=[.!?])\s+", text):
            for token in re.findall(r"[\w%$€£'’.+#/-]*[\w%]", sentence):
                words.append(Word(text=token.lower(), start=at, end=at + 0.3, confidence=0.9))
                labels.append(label)
                at += 0.33
            at += 0.45 * (chance.random() < 0.8)
    return _sample(tokenise(Transcript(engine="", duration_s=at, words=tuple(words))), labels)


def _sample(tokens: tuple[Token, ...], words: list[str]) -> Sample:
    if len(tokens) != len(words):
        raise ValueError(f"{len(tokens)} tokens for {len(words)} labels: {' '.join(t.text for t in tokens[:12])}…")
    ranges = split(tokens)
    labels = [statistics.mode(words[first : last + 1]) for first, last in ranges]
    own = features.of_each(tokens, ranges)
    return Sample(tokens, ranges, own, features.of_answer(tokens, ranges), labels, words)


def in_place(sample: Sample, alone: Chain) -> list[Features]:
    """Features of each sentence in its place, beside sentences that tell what `alone` says."""
    told = [alone.probability(own) for own in sample.own]
    return features.in_place(sample.own, sample.tokens, sample.ranges, told)


def brief(story: Segments) -> Segments:
    """The first sentence of each part; the first few of an answer without parts."""
    kept = 1 if len(story) > 1 else FIRST
    return [(label, " ".join(re.split(r"(?<=[.!?])\s+", text)[:kept])) for label, text in story]


def whole(story: Segments, seed: str) -> list[Sample]:
    """Typed and spoken, nothing missing."""
    chance = random.Random(seed)
    told = with_asides(story, chance)
    return [typed(told), spoken(told, chance)]


def with_gaps(story: Segments, seed: str) -> list[Sample]:
    """Typed and spoken, with parts cut out."""
    return whole(cut(story, random.Random(f"cut {seed}")), f"gaps {seed}")


# --- training ------------------------------------------------------------------------------------------------------


def train_chain(groups: Sequence[list[Sample]]) -> Chain:
    """Weights of the roles of sentences in their place; what each tells alone, by weights of other answers."""
    halves = groups[::2], groups[1::2]
    items: list[tuple[list[Features], list[str]]] = []
    for mine, others in (halves, halves[::-1]):
        alone = train_parts(_flat(others))
        items += [(in_place(sample, alone), sample.labels) for sample in _flat(mine)]
    return _train(CHAIN, items, (*COMPONENTS, "other"))


def train_parts(samples: Sequence[Sample]) -> Chain:
    """Weights of what a sentence tells by itself: chains of one."""
    items = [([own], [label]) for sample in samples for own, label in zip(sample.own, sample.labels, strict=True)]
    return _train(PARTS, items, (*COMPONENTS, "other"))


def train_story(told: Sequence[Sample], untold: Sequence[Sample]) -> Chain:
    """Weights of story against none: chains of one."""
    items = [([sample.manner], ["story"]) for sample in told]
    items += [([sample.manner], ["none"]) for sample in untold] * NO_STORY_COPIES
    return _train(STORY, items, ("story", "none"))


def _train(
    settings: dict[str, Any], items: Sequence[tuple[list[Features], list[str]]], labels: tuple[str, ...]
) -> Chain:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(settings)
    for sentences, truth in items:
        trainer.append(sentences, truth)
    with tempfile.NamedTemporaryFile() as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        model = tagger.info()
        tagger.close()
    states: dict[str, dict[str, float]] = {}
    for (name, label), value in model.state_features.items():
        if round(value, 3):
            states.setdefault(name, {})[label] = round(value, 3)
    steps = {pair: round(value, 3) for pair, value in model.transitions.items()}
    return Chain(labels, {}, {}, states, steps)


# --- thresholds and validation ---------------------------------------------------------------------------------------


class Held(NamedTuple):
    """What answers that were not trained on get."""

    samples: list[Sample]
    labels: list[list[str]]
    best: list[dict[str, float]]
    """Of each sample: part -> probability of its likeliest sentence."""
    told: list[float]
    """Of the whole stories among them."""
    untold: list[float]
    """Probability of being a story."""


def hold_out(parts: list[list[Sample]], told: list[list[Sample]], untold: list[list[Sample]]) -> Held:
    """Train without each fold in turn and look at it. `parts` are for the parts, the others for story or not."""
    held = Held([], [], [], [], [])
    for fold in range(FOLDS):
        chain, alone = train_chain(_others(parts, fold)), train_parts(_flat(_others(parts, fold)))
        story = train_story(_flat(_others(told, fold)), _flat(_others(untold, fold)))
        for sample in (s for group in parts[fold::FOLDS] for s in group):
            probabilities = [alone.probability(own) for own in sample.own]
            held.samples.append(sample)
            held.labels.append(chain.label(in_place(sample, alone)))
            held.best.append({part: max(one[part] for one in probabilities) for part in COMPONENTS})
        held.told.extend(story.probability(s.manner)["story"] for group in told[fold::FOLDS] for s in group)
        held.untold.extend(story.probability(s.manner)["story"] for group in untold[fold::FOLDS] for s in group)
    return held


def _others(groups: list[list[Sample]], fold: int) -> list[list[Sample]]:
    return [group for i, group in enumerate(groups) if i % FOLDS != fold]


def _flat(groups: Sequence[list[Sample]]) -> list[Sample]:
    return [sample for group in groups for sample in group]


def thresholds(held: Held) -> dict[str, float]:
    """Presence amid the thresholds of the best balanced accuracy (less TIE); clear half-way from there to certainty."""
    found: dict[str, float] = {}
    for part in COMPONENTS:
        worth = {at / 100: balanced(held, part, at / 100) for at in range(5, 96)}
        present = statistics.median_low([at for at in worth if worth[at] >= max(worth.values()) - TIE])
        found[f"present {part}"] = present
        found[f"clear {part}"] = round((1 + present) / 2, 3)
    return found


def balanced(held: Held, part: str, at: float) -> float:
    """Mean of the shares of answers with and without a part that are told so."""
    hits = [best[part] >= at for sample, best in zip(held.samples, held.best, strict=True) if part in sample.parts]
    misses = [best[part] < at for sample, best in zip(held.samples, held.best, strict=True) if part not in sample.parts]
    return (statistics.fmean(hits) + statistics.fmean(misses)) / 2


def story_threshold(held: Held) -> float:
    """The highest that keeps RECALL of the stories."""
    return round(sorted(held.told)[int((1 - RECALL) * len(held.told))], 3)


def f_scores(held: Held, kind: Callable[[Sample], bool]) -> dict[str, float]:
    """F1 of each part over words, of the samples of a kind."""
    pairs: list[tuple[str, str]] = []
    for sample, labels in zip(held.samples, held.labels, strict=True):
        if kind(sample):
            for (first, last), label in zip(sample.ranges, labels, strict=True):
                pairs += [(truth, label) for truth in sample.words[first : last + 1]]
    scores: dict[str, float] = {}
    for part in COMPONENTS:
        right = sum(truth == guess == part for truth, guess in pairs)
        wrong = sum((truth == part) != (guess == part) for truth, guess in pairs)
        scores[part] = 2 * right / (2 * right + wrong)
    return scores


def report(held: Held) -> str:
    """What held-out answers get, in a line each."""
    whole = len(COMPONENTS)
    lines = []
    for name, kind in (
        ("typed, whole", lambda s: s.tokens[0].start is None and len(s.parts) == whole),
        ("typed, parts missing", lambda s: s.tokens[0].start is None and len(s.parts) < whole),
        ("spoken, whole", lambda s: s.tokens[0].start is not None and len(s.parts) == whole),
        ("spoken, parts missing", lambda s: s.tokens[0].start is not None and len(s.parts) < whole),
    ):
        scores = f_scores(held, kind)
        each = ", ".join(f"{part} {score:.2f}" for part, score in scores.items())
        lines.append(f"{name}: macro-F1 over words {statistics.fmean(scores.values()):.3f} ({each})")
    chosen = thresholds(held)
    each_part = {part: balanced(held, part, chosen[f"present {part}"]) for part in COMPONENTS}
    lines.append(f"presence: balanced accuracy {statistics.fmean(each_part.values()):.3f} ({each_part})")
    at = story_threshold(held)
    alarms = statistics.fmean(p >= at for p in held.untold)
    lines.append(f"story: recall {RECALL}, false alarms {alarms:.3f}")
    return "\n".join(lines)


# --- files -----------------------------------------------------------------------------------------------------------


def write(name: str, model: Chain, settings: dict[str, float], about: dict[str, str]) -> None:
    """Write a model as text."""
    lines = [f"about\t{key}\t{value}" for key, value in about.items()]
    lines.append(f"about\tlabels\t{' '.join(model.labels)}")
    lines += [f"setting\t{key}\t{value}" for key, value in settings.items()]
    lines += [f"step\t{left}\t{right}\t{value}" for (left, right), value in sorted(model.steps.items())]
    lines += [
        f"weight\t{feature}\t{label}\t{value}"
        for feature, by_label in sorted(model.states.items())
        for label, value in sorted(by_label.items())
    ]
    OUT.mkdir(exist_ok=True)
    (OUT / f"{name}.tsv").write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Train, or only validate."""
    stories_told, others = stories(), no_stories()
    told = [[*whole(one, f"story {i}"), typed(brief(one))] for i, one in enumerate(stories_told)]
    untold = [[*whole(one, f"none {i}"), typed(brief(one))] for i, one in enumerate(others)]
    parts = [whole(one, f"story {i}") + with_gaps(one, f"story {i}") for i, one in enumerate(stories_told)]
    held = hold_out(parts, told, untold)
    print(report(held))
    if "--validate" in sys.argv[1:]:
        return
    about = {
        "trained by": "scripts/train_structure.py",
        "trained on": f"{len(told)} stories and {len(untold)} answers that are none, written for mockint",
        "method": "linear-chain conditional random field, L1 and L2; what a sentence tells by itself cross-fitted",
    }
    alone = {**about, "method": "multinomial logistic regression, L1 and L2; thresholds by five-fold cross-validation"}
    write("structure", train_chain(parts), {}, about)
    write("parts", train_parts(_flat(parts)), thresholds(held), alone)
    story = train_story(_flat(told), _flat(untold))
    kept = {"threshold": f"keeps {RECALL} of held-out stories"}
    write("story", story, {"story": story_threshold(held)}, {**alone, **kept})


if __name__ == "__main__":
    main()
