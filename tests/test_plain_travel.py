"""What a line of words does in a hands-free session without a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockint.handsfree import Moment
from mockint.plain_travel import _pressed
from tests.handsfree.travelling import Passenger


async def test_a_line_may_be_words_that_can_be_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with Passenger(tmp_path).travelling() as one:
        await one.listening(Moment.OPENING)
        _pressed(one.session, "I'm ready")
        await one.listening(Moment.QUESTION)
        _pressed(one.session, "pause")
        await one.listening(Moment.PAUSED)
        _pressed(one.session, "pause")  # the key p would go on here; the word says what it says
        assert "Not now." in capsys.readouterr().out
        _pressed(one.session, "carry on")
        await one.listening(Moment.QUESTION)
        _pressed(one.session, "k")
        await one.true(lambda: one.session.practice.state.index == 1)
