"""Banks as an Anki package: a deck a bank, a card a question, with the model answer and key points on its back."""

from __future__ import annotations

import re
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mockint.banks.write import entry
from mockint.exchange.anki_fields import FIELDS, NOTE_TYPE, to_html
from mockint.model import Bank

if TYPE_CHECKING:
    import genanki

_MODEL = 1_607_392_319
"""Number of our note type; Anki knows note types and decks by numbers, and cards learnt already by the note's guid."""
_QUESTION = "<div class=area>{{Title}}</div><div class=question>{{Question}}</div>"
_ANSWER = """{{FrontSide}}<hr id=answer>{{Model answer}}
{{#Key points}}<h3>Key points</h3>{{Key points}}{{/Key points}}
{{#Follow-ups}}<h3>Follow-ups</h3>{{Follow-ups}}{{/Follow-ups}}
{{#Reading}}<h3>Reading</h3>{{Reading}}{{/Reading}}"""
_CSS = """.card {font-family: sans-serif; text-align: left; max-width: 40em; margin: auto}
.question {font-size: 1.3em}
.area {color: grey}"""


def write(banks: Sequence[Bank]) -> bytes:
    """The package; a question exported again updates its note in Anki, and what was learnt of it stays."""
    import genanki

    model = genanki.Model(
        _MODEL,
        NOTE_TYPE,
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Question", "qfmt": _QUESTION, "afmt": _ANSWER}],
        css=_CSS,
    )
    decks = [_deck(bank, model) for bank in banks]
    with tempfile.TemporaryDirectory(prefix="mockint-anki-") as folder:
        file = Path(folder) / "banks.apkg"
        genanki.Package(decks).write_to_file(file)
        return file.read_bytes()


def _deck(bank: Bank, model: genanki.Model) -> genanki.Deck:
    import genanki

    number = (1 << 30) + zlib.crc32(bank.area.encode()) % (1 << 30)
    deck = genanki.Deck(number, f"mockint::{bank.title.replace('::', ' ').strip()}")
    for question in bank.questions:
        values = {"area": bank.area, "title": bank.title, **entry(question)}
        fields = [to_html(values[name]) if name in values else "" for name in FIELDS.values()]
        tags = [re.sub(r"\s+", "_", tag.strip()) for tag in question.tags]
        deck.add_note(
            genanki.Note(model=model, fields=fields, tags=tags, guid=genanki.guid_for("mockint", question.id))
        )
    return deck
