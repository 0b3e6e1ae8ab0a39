"""What every understander does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import numpy as np
import pytest

from mockint.audio.isolated import Isolated
from mockint.commands.client import WorkerUnderstander
from mockint.commands.fake import TextUnderstander, saying
from mockint.commands.port import BETWEEN_TAKES, CONFIRMING, IN_TAKE, Command, Understander, Utterance
from tests.audio.signals import noise, read
from tests.support.soundcard import flite

pytestmark = pytest.mark.soundcard
Say = Callable[[str], Utterance]


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Say:
    """An utterance of a text, as the app would hear it."""
    folder = tmp_path_factory.mktemp("spoken")

    def say(text: str) -> Utterance:
        voice = read(flite(text, folder / "said.wav"))
        pieces = Isolated().feed(np.concatenate((noise(1.0, -75, 1), voice, noise(1.5, -75, 2))))
        assert len(pieces) == 1
        piece = pieces[0]
        return Utterance(samples=piece.samples, start=piece.start, end=piece.end, noise_dbfs=piece.noise_dbfs)

    return say


@pytest.fixture(params=["fake", "real"])
async def both(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Understander, Say]]:
    if request.param == "fake":
        yield TextUnderstander(), saying
        return
    say: Say = request.getfixturevalue("spoken")
    understander = WorkerUnderstander()
    yield understander, say
    await understander.close()


@pytest.mark.parametrize("command", [Command.REPEAT, Command.DONE, Command.WHAT_DID_I_MISS, Command.PLAY_MY_ANSWER])
async def test_a_command_is_understood(both: tuple[Understander, Say], command: Command) -> None:
    understander, say = both
    await understander.warm_up()
    assert await understander.understand(say(command.value), BETWEEN_TAKES) == command


@pytest.mark.parametrize("allowed", [IN_TAKE, CONFIRMING, frozenset[Command]()])
async def test_what_is_not_allowed_now_is_no_command(
    both: tuple[Understander, Say], allowed: frozenset[Command]
) -> None:
    understander, say = both
    assert await understander.understand(say("repeat"), allowed) is None


async def test_other_speech_is_no_command(both: tuple[Understander, Say]) -> None:
    understander, say = both
    assert await understander.understand(say("The database was migrated on Thursday."), BETWEEN_TAKES) is None


async def test_closing_twice_is_closing_once_and_it_can_be_used_again(both: tuple[Understander, Say]) -> None:
    understander, say = both
    await understander.close()
    await understander.close()
    assert await understander.understand(say("stop"), IN_TAKE) == Command.STOP
