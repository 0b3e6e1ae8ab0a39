"""Render rows of `benchmarks/data/fillers-*.jsonl` to speech with filled pauses at known times; all of it is synthetic.

    python scripts/make_fillers.py benchmarks/data/fillers-dev.jsonl OUTDIR

writes OUTDIR/ID.wav (16 kHz, mono, 16 bit) for each row and OUTDIR/truth.jsonl. The same row gives the same bytes on
the same machine. flite (voices slt, rms, awb) speaks the text; the fillers come from `scripts/filler_sounds.py`.

Where the numbers come from: filled pauses last 0.15 to 1 s, sound like a central vowel with or without a nasal after
it, and have a low F0 that stays level or falls slowly (O'Shaughnessy 1992, "Recognition of hesitations in spontaneous
speech"; Shriberg 1994, "Preliminaries to a theory of speech disfluencies", and 2001, "To 'errrr' is human"); the word
before one is often drawn out. Levels, gaps and how often each kind comes are chosen, not measured.
"""

from __future__ import annotations

import functools
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).parent.parent))
from scripts import filler_sounds as sounds
from scripts.filler_sounds import RATE, Samples

Row = Mapping[str, Any]
Piece = Mapping[str, Any]

SPEECH_DB = -24.0
"""Active level of the speech in dB of full scale; fillers and noises are set against it."""
ROOM_DB = -55.0
PHRASE_GAP_MS = 200
"""A pause this long ends a phrase (with the intonation of an end); around shorter ones the voice runs on."""
MARGIN_S = 0.3
EDGE_S = 0.008
NOISE_LEVEL_DB = {"breath": -18.0, "creak": -8.0, "hum": -14.0}
"""Against the speech."""
SONORANTS = frozenset(
    ["aa", "ae", "ah", "ao", "aw", "ax", "axr", "ay", "eh", "er", "ey", "ih", "iy", "ow", "oy", "uh", "uw"]
).union(["l", "m", "n", "ng", "r", "w", "y"])
"""What a drawn-out word is drawn out on."""
FILLER_PHONES = {"um": "ah m", "uh": "ah", "er": "ah", "erm": "ah m", "hmm": "m"}
"""What flite is asked to speak. Its "ah" alone is near schwa (F1 500 to 740, F2 1250 to 1600 Hz by linear prediction);
its "ax" alone is nearer to i, and its "er" is r-coloured, which the filler so spelled is not."""


class Mark(TypedDict):
    """Something that sounds from `start` to `end`, in seconds."""

    text: str
    start: float
    end: float


class Truth(TypedDict):
    """What is in a rendered row; `noises` are the pieces of noise, `words` all words of flite, drawn out or not."""

    id: str
    wav: str
    fillers: list[Mark]
    words: list[Mark]
    noises: list[Mark]


# --- flite -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spoken:
    """A phrase spoken by flite at the usual level: `phones` are (name, start, end) with times in samples."""

    samples: Samples
    phones: tuple[tuple[str, int, int], ...]


@functools.lru_cache(maxsize=256)
def speak(voice: str, text: str, as_phones: bool = False) -> Spoken:
    """Speak `text`, or the phones named in it. Raises CalledProcessError or FileNotFoundError when flite does not."""
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "x.wav"
        command = ["flite", "-voice", voice, "-psdur", "-p" if as_phones else "-t", text, "-o", str(wav)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        samples, rate = soundfile.read(wav, dtype="float64")
    assert rate == RATE, f"flite's voice {voice} speaks at {rate} Hz"
    phones, start = [], 0
    for token in printed.split():
        name, _, seconds = token.partition(":")
        end = min(round(float(seconds) * RATE), len(samples))
        phones.append((name, start, end))
        start = end
    return Spoken(sounds.at_level(samples, SPEECH_DB), tuple(phones))


def phone_counts(voice: str, words: list[str]) -> list[int]:
    """How many phones flite gives each word, spoken with a pause after each."""
    command = ["flite", "-voice", voice, "-ps", "-t", ", ".join(bare(word) for word in words), "none"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [len(word.split()) for word in printed.split("pau") if word.strip()]


def bare(word: str) -> str:
    return word.strip(".,?!").lower()


def word_phones(voice: str, words: list[str], spoken: Spoken) -> list[list[tuple[str, int, int]]]:
    """The phones of each word; raises ValueError when flite ran words together, so that they cannot be told apart."""
    sounding = [phone for phone in spoken.phones if phone[0] != "pau"]
    counts = phone_counts(voice, words)
    if len(counts) != len(words) or sum(counts) != len(sounding):
        raise ValueError(f"flite speaks {len(sounding)} phones, its words have {sum(counts)}: {' '.join(words)}")
    ends = np.cumsum(counts)
    return [sounding[end - count : end] for end, count in zip(ends, counts, strict=True)]


# --- from pieces to items --------------------------------------------------------------------------------------------


@dataclass
class Item:
    """A stretch of sound to lay on the track; `before` and `after` are the wanted gaps in ms (0: cross-faded)."""

    kind: str
    samples: Samples
    words: list[tuple[str, int, int]]
    text: str = ""
    before: float = 0.0
    after: float = 0.0

    @property
    def first(self) -> int:
        """How long its first word is, or all of it, in samples."""
        return self.words[0][2] - self.words[0][1] if self.words else len(self.samples)

    @property
    def last(self) -> int:
        return self.words[-1][2] - self.words[-1][1] if self.words else len(self.samples)


def phrases(pieces: Iterable[Piece]) -> Iterable[list[Piece]]:
    """The pieces cut into what is spoken in one breath; gaps, noises and fillers set off by a pause stand alone."""
    phrase: list[Piece] = []
    for piece in pieces:
        long = max(piece.get("gap_before_ms", 0), piece.get("gap_after_ms", 0)) >= PHRASE_GAP_MS
        if long or "gap_ms" in piece or "noise" in piece:
            yield from ([phrase] if phrase else [])
            yield [piece]
            phrase = []
        else:
            phrase.append(piece)
    yield from ([phrase] if phrase else [])


def spoken_items(voice: str, phrase: list[Piece], rng: np.random.Generator) -> list[Item]:
    """A phrase as items: text is spoken in one go, cut where fillers stand, and drawn out where it says so."""
    text = " ".join(piece.get("say") or piece.get("stretch") or "" for piece in phrase).split()
    spans: list[tuple[str, int, int]] = []
    samples = np.zeros(0)
    if text:
        spoken = speak(voice, " ".join(text))
        parts = word_phones(voice, text, spoken)
        marks = [(0, 0), *stretch_map(phrase, parts), (len(spoken.samples), 0)]
        before, after = sounds.time_map(marks)
        samples = sounds.stretch(spoken.samples, before, after)
        moved = np.interp([[part[0][1], part[-1][2]] for part in parts], before, after)
        spans = [(bare(word), round(a), round(b)) for word, (a, b) in zip(text, moved, strict=True)]
    items: list[Item] = []
    at = 0
    run: list[tuple[str, int, int]] = []
    for piece in [*phrase, None]:
        if piece is not None and "filler" not in piece:
            count = len((piece.get("say") or piece["stretch"]).split())
            run += spans[at : at + count]
            at += count
            continue
        if run:
            start, end = run[0][1], run[-1][2]
            items.append(Item("speech", samples[start:end], [(w, a - start, b - start) for w, a, b in run]))
            run = []
        if piece is not None:
            items.append(filler_item(voice, piece, rng))
    return items


def stretch_map(phrase: list[Piece], parts: list[list[tuple[str, int, int]]]) -> list[tuple[int, float]]:
    """(start in samples, 0) and (end, extra samples) of each sonorant in a word to be drawn out, in order."""
    marks: list[tuple[int, float]] = []
    at = 0
    for piece in phrase:
        count = len((piece.get("say") or piece.get("stretch") or "").split())
        if "stretch" in piece:
            for name, start, end in (phone for part in parts[at : at + count] for phone in part):
                if name in SONORANTS:
                    marks += [(start, 0.0), (end, (end - start) * (piece["factor"] - 1.0))]
        at += count
    return marks


def filler_item(voice: str, piece: Piece, rng: np.random.Generator) -> Item:
    seconds = piece["ms"] / 1000
    shape = sounds.Shape(seconds, piece["f0"], piece["glide"], piece["creak"])
    if piece["source"] == "flite":
        spoken = speak(voice, f"pau {FILLER_PHONES[piece['filler']]} pau", as_phones=True)
        phones = [phone for phone in spoken.phones if phone[0] != "pau"]
        _, start, end = phones[0]
        if len(phones) > 1:
            end = min(phones[1][2], end + round((end - start) * rng.uniform(0.5, 1.2)))
        sound = sounds.lengthen(spoken.samples[start:end], voice, shape, rng)
    else:
        sound = sounds.synthesise(piece["filler"], voice, shape, rng)
    sound = sounds.at_level(sound, SPEECH_DB + piece["level_db"])
    edges = [0.02 if gap == 0 else float(rng.uniform(0.03, 0.07)) for gap in gaps_of(piece)]
    sound = sounds.faded(sound, edges[0], min(2 * edges[1], seconds / 3))
    return Item("filler", sound, [], piece["filler"], *gaps_of(piece))


def gaps_of(piece: Piece) -> tuple[float, float]:
    return float(piece["gap_before_ms"]), float(piece["gap_after_ms"])


def noise_item(piece: Piece, rng: np.random.Generator) -> Item:
    kind = piece["noise"]
    sound = sounds.NOISES[kind](piece["ms"] / 1000, rng)
    return Item("noise", sounds.at_level(sound, SPEECH_DB + NOISE_LEVEL_DB[kind]), [], kind, before=40, after=40)


def items_of(row: Row, rng: np.random.Generator) -> list[Item]:
    items: list[Item] = []
    for phrase in phrases(row["pieces"]):
        if "gap_ms" in phrase[0]:
            items.append(Item("gap", np.zeros(round(phrase[0]["gap_ms"] * RATE / 1000)), [], before=1, after=1))
        elif "noise" in phrase[0]:
            items.append(noise_item(phrase[0], rng))
        else:
            items += spoken_items(row["voice"], phrase, rng)
    return items


# --- the track -------------------------------------------------------------------------------------------------------


def lay(items: list[Item], rng: np.random.Generator) -> tuple[Samples, dict[str, list[Mark]]]:
    """Lay the items one after another, silence between them or cross-faded over 10 to 40 ms; a mark in a cross-fade
    is at its middle."""
    margin, edge = round(MARGIN_S * RATE), round(EDGE_S * RATE)
    room = sum(len(item.samples) + round((item.before + item.after) * RATE / 1000) for item in items)
    track = np.zeros(room + 2 * margin + RATE)
    marks: dict[str, list[Mark]] = {"filler": [], "speech": [], "noise": []}
    cursor, fade_in, wanted = margin, edge, 1.0
    for number, item in enumerate(items):
        following = items[number + 1].before if number + 1 < len(items) else 1.0
        joined = item.after == 0 and following == 0 and number + 1 < len(items)
        fade_out = edge
        if joined:
            fade_out = min(round(rng.uniform(0.010, 0.040) * RATE), item.last // 2, items[number + 1].first // 2)
        if number and not (wanted == 0 and item.before == 0):
            cursor += round(max(wanted, item.before) * RATE / 1000)
            fade_in = edge
        sound = sounds.crossed(item.samples, fade_in, fade_out)
        track[cursor : cursor + len(sound)] += sound
        inner = (cursor + fade_in // 2, cursor + len(sound) - fade_out // 2)
        for word, start, end in [*item.words, *([(item.text, 0, len(sound))] if item.text else [])]:
            first, last = (min(max(cursor + at, inner[0]), inner[1]) / RATE for at in (start, end))
            marks[item.kind].append({"text": word, "start": round(first, 3), "end": round(last, 3)})
        cursor += len(sound) - (fade_out if joined else 0)
        fade_in, wanted = fade_out, item.after
    return track[: cursor + margin], marks


def background(row: Row, length: int, rng: np.random.Generator) -> Samples:
    kind = row["noise"]
    if kind == "clean":
        return np.zeros(length)
    if kind == "room":
        return sounds.at_level(sounds.coloured(length, rng, slope_db=-5.0), ROOM_DB, active=False)
    name, snr = kind[:-2], float(kind[-2:])
    noise = sounds.coloured(length, rng, slope_db=-3.0) if name == "pink" else babble(row, length, rng)
    return sounds.at_level(noise, SPEECH_DB - snr, active=False)


def babble(row: Row, length: int, rng: np.random.Generator) -> Samples:
    """Six voices at once, speaking the row's own words in a jumble: so no two rows share a babble."""
    words = " ".join(piece.get("say") or piece.get("stretch") or "" for piece in row["pieces"]).split()
    total = np.zeros(length)
    for number in range(6):
        jumbled = " ".join(bare(words[k]) for k in rng.permutation(len(words)))
        sound = speak(list(sounds.SPEAKERS)[number % 3], jumbled).samples
        sound = np.tile(sound, length // len(sound) + 2)
        start = int(rng.integers(0, len(sound) - length))
        total += sound[start : start + length]
    return total


def render(row: Row) -> tuple[np.ndarray[Any, np.dtype[np.int16]], Truth]:
    """Render one row to 16 kHz mono samples and what is in them.

    Raises FileNotFoundError without flite, KeyError for a row of another shape, ValueError where words of the text
    cannot be told apart in flite's speech.
    """
    rng = np.random.default_rng(row["seed"])
    track, marks = lay(items_of(row, rng), rng)
    track = track + background(row, len(track), rng)
    samples = np.clip(np.round(track * 32768), -32768, 32767).astype(np.int16)
    truth: Truth = {
        "id": row["id"], "wav": f"{row['id']}.wav",
        "fillers": marks["filler"], "words": marks["speech"], "noises": marks["noise"],
    }  # fmt: skip
    return samples, truth


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main(rows: str, folder: str) -> None:
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    lines = []
    for row in read_rows(Path(rows)):
        samples, truth = render(row)
        soundfile.write(target / truth["wav"], samples, RATE, subtype="PCM_16")
        lines.append(json.dumps(truth) + "\n")
    (target / "truth.jsonl").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("usage: python scripts/make_fillers.py ROWS.jsonl OUTDIR")
    main(*sys.argv[1:])
