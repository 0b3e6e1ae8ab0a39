"""An `Understander` in this process for tests of what uses one: the samples of its utterances are text."""

from __future__ import annotations

from mockint.commands.port import Command, Utterance


class TextUnderstander:
    """Implements `Understander`: understands an utterance whose samples spell a command's canonical words."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, frozenset[Command]]] = []
        """What was said and what was allowed then, in order."""

    async def warm_up(self) -> None:
        """Nothing is to be loaded."""

    async def understand(self, utterance: Utterance, allowed: frozenset[Command]) -> Command | None:
        """The command of `allowed` the text is."""
        said = utterance.samples.decode("utf-8", "replace")
        self.asked.append((said, allowed))
        return next((command for command in allowed if command.value.casefold() == said.casefold()), None)

    async def close(self) -> None:
        """Nothing is held."""


def saying(text: str, at: float = 0.0) -> Utterance:
    """An utterance of `text`, as TextUnderstander takes it: half a second long, at `at` seconds."""
    return Utterance(samples=text.encode(), start=at, end=at + 0.5, noise_dbfs=None)
