"""Which primed words are believed, on lattices written by hand."""

from __future__ import annotations

from mockint.transcribe.lattice import History, Lattice
from mockint.transcribe.second_look import believed

NAMES = {"docker_": "Docker", "flask_": "Flask"}


def _lattice(*words: tuple[str, int, int, float]) -> Lattice:
    """Words with their first frame, the frame after their last, and how they fit the sound; 40 frames in all."""
    nodes = [("</s>", 40, 41, 0.0), ("<s>", 0, 5, 0.0), *words]
    edges = [
        f"{one} {other} {round(1000 * fit)}"
        for one, (_, _, end, fit) in enumerate(nodes)
        for other, (_, start, _, _) in enumerate(nodes)
        if end == start
    ]
    listed = [f"{at} {word} {start} {end - 1} {end - 1} ; 0" for at, (word, start, end, _) in enumerate(nodes)]
    return Lattice("\n".join((*listed, "Initial 1", "Final 0", "Edges", *edges, "End")), 0.001)


def _even(_: History, __: str) -> float:
    return 0.0


def _name(entry: str) -> str:
    return NAMES.get(entry, entry)


def _believed(lattice: Lattice) -> list[tuple[str, bool]]:
    return [(word.step.entry, word.primed) for word in believed(lattice, _even, NAMES, _name)]


def test_a_primed_word_that_is_much_likelier_is_believed_and_marked() -> None:
    assert _believed(_lattice(("docker_", 5, 40, -10), ("doctor", 5, 40, -60))) == [("docker_", True)]


def test_one_that_is_less_likely_than_the_others_together_gives_way() -> None:
    lattice = _lattice(("docker_", 5, 40, -10), ("doctor", 5, 40, -11), ("locker", 5, 40, -12))
    assert _believed(lattice) == [("doctor", False)]


def test_it_stays_where_nothing_else_was_considered() -> None:
    assert _believed(_lattice(("docker_", 5, 40, -10))) == [("docker_", True)]


def test_another_beginning_of_the_same_word_is_no_doubt() -> None:
    lattice = _lattice(
        ("a", 5, 8, -1), ("an", 5, 10, -1), ("docker_", 8, 40, -10), ("docker_", 10, 40, -10), ("doctor", 8, 40, -30)
    )
    assert [entry for entry, _ in _believed(lattice)][1:] == ["docker_"]


def test_a_doubted_word_gives_way_only_where_it_is_doubted() -> None:
    lattice = _lattice(
        ("docker_", 5, 25, -10),
        ("doctor", 5, 25, -90),
        ("docker_", 25, 40, -10),
        ("doctor", 25, 40, -11),
        ("locker", 25, 40, -11),
    )
    assert _believed(lattice) == [("docker_", True), ("doctor", False)]


def test_a_word_heard_without_priming_as_well_is_not_marked() -> None:
    assert _believed(_lattice(("flask_", 5, 40, -10), ("Flask", 5, 40, -50), ("last", 5, 40, -60))) == [
        ("flask_", False)
    ]
    assert _believed(_lattice(("flask_", 5, 40, -10), ("Flask", 5, 40, -70), ("last", 5, 40, -60))) == [
        ("flask_", True)
    ]


def test_words_nobody_primed_are_as_they_are() -> None:
    assert _believed(_lattice(("pull", 5, 20, -10), ("pool", 5, 20, -11), ("request", 20, 40, -5))) == [
        ("pull", False),
        ("request", False),
    ]
