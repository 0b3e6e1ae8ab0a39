import importlib.util
import itertools
import math
from pathlib import Path

import pytest

from mockint.scoring import weights
from mockint.scoring.weights import Chain

ROOT = Path(__file__).parent.parent.parent
TOY = Chain(
    labels=("a", "b", "c"),
    settings={},
    about={},
    states={"x": {"a": 1.5, "b": -0.5}, "y": {"b": 0.7}, "z": {"c": 2.0, "a": 0.3}},
    steps={("a", "b"): 0.8, ("b", "a"): -1.0, ("c", "c"): 0.5},
)
ANSWER = [{"x": 1.0}, {"y": 1.0, "z": 0.5}, {"unseen": 1.0}, {"z": 1.0, "x": 1.0}]


def score(path: tuple[str, ...]) -> float:
    """Of one labelling, written out."""
    local = sum(
        TOY.states.get(f, {}).get(label, 0.0) * v for label, s in zip(path, ANSWER, strict=True) for f, v in s.items()
    )
    return local + sum(TOY.steps.get(pair, 0.0) for pair in itertools.pairwise(path))


def test_the_labelling_is_the_best_of_all() -> None:
    paths = list(itertools.product(TOY.labels, repeat=len(ANSWER)))
    assert tuple(TOY.label(ANSWER)) == max(paths, key=score)


def test_probabilities_are_the_exponentials_shares() -> None:
    found = TOY.probability({"x": 2.0, "unseen": 1.0})
    assert found["a"] / found["b"] == pytest.approx(math.exp(3.0 + 1.0))
    assert sum(found.values()) == pytest.approx(1.0)


@pytest.mark.parametrize(("name", "labels"), [("structure", 5), ("parts", 5), ("story", 2)])
def test_trained_weights_say_where_they_come_from(name: str, labels: int) -> None:
    model = weights.load(name)
    assert len(model.labels) == labels
    assert {"trained by", "trained on", "method"} <= set(model.about)
    assert (ROOT / model.about["trained by"]).is_file()
    assert all(0 < value < 1 for value in model.settings.values())


def test_the_weights_were_trained_on_the_stories_there_are() -> None:
    stories = sum(
        len(file.read_text("utf-8").splitlines()) for file in (ROOT / "benchmarks/data/stories").glob("stories-*")
    )
    assert weights.load("structure").about["trained on"].startswith(f"{stories} stories"), (
        "run scripts/train_structure.py"
    )


def test_the_training_script_makes_typed_and_spoken_samples() -> None:
    spec = importlib.util.spec_from_file_location("train_structure", ROOT / "scripts" / "train_structure.py")
    assert spec is not None
    assert spec.loader is not None
    train = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(train)
    story = train.stories()[0]
    typed, spoken = train.whole(story, "seed")
    assert typed.parts == {label for label, _ in story} - {"other"}
    assert spoken.tokens[0].start is not None
