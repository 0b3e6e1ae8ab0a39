"""Which of a system's voices is meant by a name, and what of a text a voice is given, in which words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from mockint.errors import SpeechError, nearest
from mockint.speech.port import Voice
from mockint.speech.pronounce import aloud

MAX_TEXT = 2000
"""Characters spoken of a text; a question is at most this long."""

_WORD = re.compile(r"\w+")
_PREFERRED = ("en-us", "en-gb", "en")


def clean(text: str) -> str:
    """Return `text` as a voice may have it: what it says (see `pronounce.aloud`) on one line, without control signs.

    At most MAX_TEXT characters of it. `[[` opens an embedded command for macOS voices and `<` an XML tag for Windows
    ones: neither sign is left. Raises SpeechError where no letter or digit is left to speak.
    """
    plain = " ".join("".join(_spoken_sign(sign) for sign in text[: 2 * MAX_TEXT]).split())
    if len(plain) > MAX_TEXT:
        plain = plain[:MAX_TEXT].rsplit(" ", 1)[0]
    words = aloud(plain)
    if not any(sign.isalnum() for sign in words):
        raise SpeechError("There is nothing in this text a voice could say.", "Give it at least one word.")
    return words


def _spoken_sign(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Cf":
        return ""
    return " " if category.startswith("C") else sign


def choose(voices: Sequence[Voice], wanted: str, current: str = "") -> Voice:
    """Return the voice named `wanted`: its id, its name, or the shortest name holding these words.

    With `wanted` empty: the system's `current` voice (an id) if it is English, else plain American English, else any
    English, else the first. Raises SpeechError naming the nearest voice, or saying there is none.
    """
    if not voices:
        raise SpeechError("This system offers no voice.", "Install one, or switch speech off (speech.enabled = false).")
    if not wanted:
        return _default(voices, current)
    sought = wanted.casefold()
    for field in ("id", "name", "language"):
        for voice in voices:
            if str(getattr(voice, field)).casefold() == sought:
                return voice
    partly = [voice for voice in voices if sought in voice.name.casefold()]
    if partly:
        return min(partly, key=lambda voice: len(voice.name))
    words = [word for voice in voices for word in (voice.name, *_WORD.findall(voice.name))]
    raise SpeechError(
        f'No voice is called "{wanted}".{nearest(wanted, words)}', "See `mockint doctor`, or leave speech.voice empty."
    )


def _default(voices: Sequence[Voice], current: str) -> Voice:
    english = [voice for voice in voices if _language(voice).split("-")[0] == "en"]
    own = [voice for voice in english if voice.id == current]
    if own:
        return own[0]
    for language in _PREFERRED:
        exact = [voice for voice in english if _language(voice) == language]
        if exact:
            return min(exact, key=lambda voice: len(voice.id))
    return (english or list(voices))[0]


def _language(voice: Voice) -> str:
    return voice.language.replace("_", "-").casefold()
