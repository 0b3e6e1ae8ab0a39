"""Ways through lattices written by hand: costs, beams and confidences can be worked out on paper."""

from __future__ import annotations

import math

import pytest

from mockint.transcribe.lattice import FLATTEN, History, Lattice, Step

FORK = """# getcwd: /this/is/bogus
# -logbase 1.000100e+00
#
Frames 50
#
Nodes 7 (NODEID WORD STARTFRAME FIRST-ENDFRAME LAST-ENDFRAME)
0 </s> 48 49 49 ; 0
1 tests(2) 30 47 47 ; 0
2 texts 30 47 47 ; 0
3 <sil> 25 29 29 ; 0
4 pull 5 24 29 ; 0
5 pool 5 24 29 ; 0
6 <s> 0 4 4 ; 0
#
Initial 6
Final 0
#
BestSegAscr 0 (NODEID ENDFRAME ASCORE)
#
Edges (FROM-NODEID TO-NODEID ASCORE)
1 0 -10
2 0 -12
3 1 -1
3 2 -1
4 3 -20
5 3 -19
4 1 -25
6 4 -1
6 5 -1
End
"""
"""[pull | pool] silence [tests | texts]; by sound alone "pool tests" is better by 1 than "pull tests"."""


def _even(_: History, __: str) -> float:
    return 0.0


def _words(steps: tuple[Step, ...]) -> list[tuple[str, int, int]]:
    return [(step.entry, step.start, step.end) for step in steps]


def test_without_a_preference_the_sound_decides() -> None:
    way = Lattice(FORK, 1.0).best(_even)
    assert way is not None
    assert _words(way.steps) == [("pool", 5, 25), ("tests", 30, 48)]
    assert way.score == -1 - 19 - 1 - 10


def test_the_language_model_sees_two_words_before_across_silence() -> None:
    asked: set[tuple[History, str]] = set()

    def score(before: History, word: str) -> float:
        asked.add((before, word))
        return 5.0 if (before, word) == (("pull", "texts"), "</s>") else 0.0

    way = Lattice(FORK, 1.0).best(score)
    assert way is not None
    assert [step.entry for step in way.steps] == ["pull", "texts"]
    assert (("<s>", "pool"), "tests") in asked
    assert (("", "<s>"), "pull") in asked


def test_words_can_be_left_out() -> None:
    lattice = Lattice(FORK, 1.0)
    other = lattice.best(_even, lambda word, _: word != "pool")
    assert other is not None
    assert [step.entry for step in other.steps] == ["pull", "tests"]
    assert lattice.best(_even, lambda _, start: start != 5) is None


def test_confidence_is_the_share_of_ways_with_the_word_there() -> None:
    way = Lattice(FORK, 1.0).best(_even)
    assert way is not None

    def share(score: float) -> float:
        return math.exp(score / FLATTEN)

    pool = share(-1 - 19 - 1) * (share(-10) + share(-12))
    pull = share(-1 - 20 - 1) * (share(-10) + share(-12)) + share(-1 - 25 - 10)
    assert way.steps[0].confidence == pytest.approx(pool / (pool + pull))


def test_scores_are_brought_to_natural_logarithms() -> None:
    way = Lattice(FORK, 0.001).best(_even)
    assert way is not None
    assert way.score == pytest.approx(-0.031)


def test_silence_alone_has_no_words() -> None:
    text = "Nodes 2 (NODEID)\n0 </s> 9 9 9 ; 0\n1 <s> 0 8 8 ; 0\n#\nInitial 1\nFinal 0\n#\nEdges (FROM)\n1 0 -5\nEnd\n"
    way = Lattice(text, 1.0).best(_even)
    assert way is not None
    assert way.steps == ()
