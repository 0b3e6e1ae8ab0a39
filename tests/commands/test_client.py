"""The child process that understands commands: when it dies, and when it cannot live."""

from __future__ import annotations

import os
import signal

import pytest

from mockint.commands.client import WorkerUnderstander
from mockint.commands.fake import saying
from mockint.commands.port import BETWEEN_TAKES, Utterance
from mockint.errors import EngineFailed


async def test_a_child_that_was_killed_is_replaced() -> None:
    understander = WorkerUnderstander()
    try:
        await understander.warm_up()
        first = understander.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        silence = Utterance(samples=bytes(32_000), start=0.0, end=1.0, noise_dbfs=None)
        assert await understander.understand(silence, BETWEEN_TAKES) is None
        assert understander.pid not in (None, first)
    finally:
        await understander.close()
    assert understander.pid is None


async def test_a_child_that_cannot_start_is_told_with_what_to_do() -> None:
    understander = WorkerUnderstander("mockint.no_such_module")
    with pytest.raises(EngineFailed) as told:
        await understander.understand(saying("repeat"), BETWEEN_TAKES)
    assert "Use the keys instead" in told.value.hint
    assert understander.pid is None
