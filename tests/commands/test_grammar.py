"""The wordings of commands."""

from __future__ import annotations

from pocketsphinx import Decoder

from mockint.commands.grammar import jsgf, wordings
from mockint.commands.port import BETWEEN_TAKES, CONFIRMING, IN_TAKE, Command


def test_every_command_can_be_said_in_its_canonical_words() -> None:
    ways = wordings()
    assert {ways[command.value.lower()] for command in Command} == set(Command)


def test_optional_words_are_said_or_not() -> None:
    ways = wordings()
    assert ways["repeat"] == ways["repeat that please"] == ways["could you repeat the question"] == Command.REPEAT
    assert "could you" not in ways


def test_every_word_is_in_the_dictionary_and_the_grammar_is_taken() -> None:
    decoder = Decoder(loglevel="FATAL", lm=None)
    words = {word for way in wordings() for word in way.split()}
    assert [word for word in words if decoder.lookup_word(word) is None] == []
    decoder.add_jsgf_string("commands", jsgf(wordings()))


def test_every_command_has_its_moment() -> None:
    assert IN_TAKE <= BETWEEN_TAKES
    assert set(Command) == BETWEEN_TAKES | CONFIRMING
