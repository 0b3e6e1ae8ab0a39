"""Write mockint/transcribe/interview.arpa: which words follow which in interviews, for the embedded recogniser.

A trigram model with modified Kneser-Ney discounts (Chen & Goodman 1999), counted in the question banks and in the
stories of `benchmarks/data`, both the project's own texts; no text that recognition is measured on is among them. Words
are the dictionary's and the listed terms, by their names; others are <unk>. Every sentence with technical terms counts
once more with the word `<term>` in their place: where a term is likely, whichever it is. Of the pairs and triples those
are kept that change the model most (weighted difference, Seymore & Rosenfeld 1996). Same texts, same file.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import yaml
from pocketsphinx import Decoder

from benchmarks.errors import number
from benchmarks.texts import stories
from mockint import paths
from mockint.banks.load import load_banks
from mockint.terms.pronunciations import key, listed

OUT = Path(__file__).parent.parent / "mockint" / "transcribe" / "interview.arpa"
ORDER = 3
LONGEST_TERM = 3
KEPT = 70_000
"""Pairs and triples in the file: it stays below 2 MB."""
TERM, UNKNOWN, START, END = "<term>", "<unk>", "<s>", "</s>"

Gram = tuple[str, ...]
Counts = list[Counter[Gram]]


def texts() -> Iterator[str]:
    """The stories, then each question with its answer, points and follow-ups."""
    yield from stories()
    for bank in load_banks([paths.banks_dir()]):
        for question in bank.questions:
            yield question.text
            yield question.model_answer
            for point in question.key_points:
                yield from (point.text, *point.aliases)
            yield from question.follow_ups


def technical() -> set[str]:
    """Names of terms that are one word with a capital: "Docker", "SQL"."""
    raw = yaml.safe_load((files("mockint.terms") / "terms.yaml").read_text("utf-8"))
    names = (name for term in raw["terms"] for name in (term["name"], *term.get("aliases", ())))
    return {name for name in names if " " not in name and name != name.lower()}


def sentences(text: str, known: Callable[[str], bool], terms: set[str]) -> Iterator[Gram]:
    """Sentences as the recogniser would write them; those with terms a second time, with TERM for each."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text.replace("’", "'")).replace("%", " percent")
    for sentence in re.split(r"[.?!;:]+(?=\s|$)", text):
        tokens = list(_tokens(sentence, known, terms))
        if tokens:
            yield (START, *(word for word, _ in tokens), END)
        if any(is_term for _, is_term in tokens):
            yield (START, *(TERM if is_term else word for word, is_term in tokens), END)


def _tokens(sentence: str, known: Callable[[str], bool], terms: set[str]) -> Iterator[tuple[str, bool]]:
    """Words, and whether each is a term."""
    parts = re.split(r"[\s/]+|--+|—|(?<=[a-z])-(?=[a-z])", sentence)
    words = [word for word in (re.sub(r"^[^\w.]+|[^\w+#]+$", "", part) for part in parts) if word]
    at = 0
    while at < len(words):
        size = next((n for n in range(LONGEST_TERM, 0, -1) if key(" ".join(words[at : at + n])) in listed()), 0)
        if size:
            yield listed()[key(" ".join(words[at : at + size]))][0].casefold(), True
        elif words[at].isdigit():
            yield from ((word, False) for word in number(int(words[at])).split())
        else:
            word = words[at].casefold()
            yield word if known(word) else UNKNOWN, words[at] in terms
        at += size or 1


def count(found: Iterable[Gram]) -> Counts:
    """How often each gram occurs; below the highest order, after how many different words (Kneser-Ney)."""
    often: Counts = [Counter() for _ in range(ORDER + 1)]
    for words in found:
        for order in range(1, ORDER + 1):
            often[order].update(words[at : at + order] for at in range(len(words) - order + 1))
    for order in range(1, ORDER):
        continued = Counter(gram[1:] for gram in often[order + 1])
        often[order] = Counter({g: n if g[0] == START else continued[g] for g, n in often[order].items()})
    del often[1][(START,)]
    return often


class Model:
    """Probabilities of grams, and what is left of each context for words not seen after it."""

    def __init__(self, counts: Counts, kept: set[Gram] | None = None) -> None:
        self.probability: dict[Gram, float] = {}
        self.rest: dict[Gram, float] = {}
        for order in range(1, ORDER + 1):
            self._add(counts[order], kept if order > 1 else None)

    def _add(self, counts: Counter[Gram], kept: set[Gram] | None) -> None:
        steps = discounts(counts)
        total: Counter[Gram] = Counter()
        lost: dict[Gram, float] = {}
        taken = {gram: steps[min(n, 3)] if kept is None or gram in kept else float(n) for gram, n in counts.items()}
        for gram, n in counts.items():
            total[gram[:-1]] += n
            lost[gram[:-1]] = lost.get(gram[:-1], 0.0) + taken[gram]
        self.rest |= {context: lost[context] / n for context, n in total.items()}
        even = 1 / len(counts)
        for gram, n in counts.items():
            if taken[gram] < n:
                context = gram[:-1]
                lower = self.of(gram[1:]) if gram[1:] else even
                self.probability[gram] = (n - taken[gram]) / total[context] + self.rest[context] * lower

    def of(self, gram: Gram) -> float:
        """The probability of the last word after the others."""
        if gram in self.probability:
            return self.probability[gram]
        return self.rest.get(gram[:-1], 1.0) * self.of(gram[1:])


def discounts(counts: Counter[Gram]) -> tuple[float, ...]:
    """What is taken from a gram that occurs 0, 1, 2, 3 or more times."""
    of = Counter(counts.values())
    share = of[1] / (of[1] + 2 * of[2])
    return (0.0, *(n - (n + 1) * share * of[n + 1] / of[n] for n in (1, 2, 3)))


def worth_most(counts: Counts, model: Model, size: int) -> set[Gram]:
    """The `size` grams whose loss would change the model most, with the pairs in kept triples."""
    value: dict[Gram, float] = {}
    for order in range(2, ORDER + 1):
        for gram, n in counts[order].items():
            if UNKNOWN not in gram:
                without = model.rest[gram[:-1]] * model.of(gram[1:])
                value[gram] = n * math.log(model.probability[gram] / without)
    kept: set[Gram] = set()
    for gram in sorted(value, key=lambda gram: (-value[gram], gram)):
        if len(kept) >= size:
            break
        kept.add(gram)
        if len(gram) == ORDER:
            kept |= {gram[:-1], gram[1:]}
    return kept


def lines(model: Model) -> Iterator[str]:
    """The model as an ARPA file; `ngram_model_read` of pocketsphinx takes text before \\data\\ for comment."""
    orders = [
        sorted(gram for gram in model.probability if len(gram) == order and UNKNOWN not in gram)
        for order in range(1, ORDER + 1)
    ]
    orders[0] = sorted([*orders[0], (START,)])
    yield "Which words follow which in interviews. Made by scripts/make_interview_model.py from the question banks and"
    yield "the stories of benchmarks/data, texts written for mockint.\n\n\\data\\"
    yield from (f"ngram {order}={len(grams)}" for order, grams in enumerate(orders, 1))
    for order, grams in enumerate(orders, 1):
        yield f"\n\\{order}-grams:"
        for gram in grams:
            likely = math.log10(model.probability[gram]) if gram in model.probability else -99.0
            rest = f" {math.log10(model.rest[gram]):.2f}" if order < ORDER and gram in model.rest else ""
            yield f"{likely:.2f} {' '.join(gram)}{rest}"
    yield "\n\\end\\"


def main() -> None:
    decoder = Decoder(loglevel="FATAL", lm=None)
    terms = technical()
    found = [s for text in texts() for s in sentences(text, lambda word: decoder.lookup_word(word) is not None, terms)]
    counts = count(found)
    model = Model(counts, worth_most(counts, Model(counts), KEPT))
    OUT.write_text("\n".join(lines(model)) + "\n", encoding="utf-8")
    print(f"{len(found)} sentences, {OUT.stat().st_size / 1e6:.2f} MB in {OUT}")


if __name__ == "__main__":
    main()
