"""What is exported and imported again is the same to the letter, whatever it holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings

from mockint import paths
from mockint.banks.load import load_banks
from mockint.exchange.bring import bring
from mockint.exchange.send import FORMATS, export_banks, render
from mockint.model import Bank, KeyPoint, Question
from tests.exchange.banks import banks, loaded

HARD = Question(
    id="x-1", text="# 1. *a* [b](c)\n\n- <d> & `e`", kind="technical", area="x", tags=("a, b", " c "), spoken="=1",
    key_points=(KeyPoint(text="p `weight 2`", aliases=(" - a", "b\nc"), weight=0.1), KeyPoint(text="q", weight=3)),
    model_answer="One.\n\n  Two.\n\n\n1. Three  \nfour", follow_ups=("Why?\nHow?",), reading=("https://example.org/a_b",),
)  # fmt: skip


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(several=banks())
@example(several=(Bank(area="x", title="X # y", questions=(HARD,)),))
def test_nothing_is_lost(suffix: str, tmp_path_factory: pytest.TempPathFactory, several: tuple[Bank, ...]) -> None:
    file = tmp_path_factory.mktemp("out") / f"banks{suffix}"
    file.write_bytes(render(several, suffix))
    brought = bring(file, None, ())
    assert brought.banks == several
    assert brought.left_out == ()


@settings(max_examples=25, deadline=None)
@given(several=banks())
def test_nothing_is_lost_in_a_banks_own_file(several: tuple[Bank, ...]) -> None:
    assert tuple(loaded(bank) for bank in several) == several


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_shipped_banks_come_back(suffix: str, tmp_path: Path) -> None:
    shipped = load_banks([paths.banks_dir()])
    file = tmp_path / f"all{suffix}"
    export_banks(shipped, (), file)
    back = bring(file, None, ()).banks
    assert {bank.area: (bank.title, bank.questions) for bank in back} == {
        bank.area: (bank.title, bank.questions) for bank in shipped
    }


def test_a_bank_of_yaml_is_taken_as_it_is(tmp_path: Path) -> None:
    file = paths.banks_dir() / "python.yaml"
    (bank,) = bring(file, None, ()).banks
    shipped = {Path(bank.path).name: bank for bank in load_banks([paths.banks_dir()])}
    assert bank.questions == shipped[file.name].questions
