"""Train a micro Whisper on six sentences spoken by flite: a checkpoint file that openai-whisper really reads.

    python scripts/make_micro_whisper.py FILE.pt

It is for tests: weights of a useful size cannot be had without a download, and this one goes the same way (checkpoint
file, spectrogram, encoder, decoder with timestamps, word times by attention) in about two minutes of two cores. It
knows its six sentences, each once in a window, in any order and with any pauses, and nothing else. Needs flite; the
seed is fixed.

Word times come from the cross-attention. A model that knows whole sentences by heart need not look at the words one
after the other, so the attention of its last layer is taught where the words are, taking characters of a sentence to
be evenly spread over its length.
"""

from __future__ import annotations

import argparse
import math
import subprocess
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
import whisper
from numpy.typing import NDArray
from torch import Tensor, nn
from whisper.audio import log_mel_spectrogram
from whisper.tokenizer import get_tokenizer

SENTENCES = (
    "We measured the time of every request.",
    "Then I moved the slow query to the night.",
    "My colleague reviewed the change on Monday.",
    "In the end the report took four minutes.",
    "Nobody had to wait for the table any more.",
    "I would test the backup earlier next time.",
)
VOICE = "slt"
RATE = 16_000
DIMS = whisper.ModelDimensions(
    n_mels=80,
    n_audio_ctx=1500,
    n_audio_state=128,
    n_audio_head=4,
    n_audio_layer=1,
    n_vocab=51864,
    n_text_ctx=448,
    n_text_state=128,
    n_text_head=4,
    n_text_layer=2,
)
STEPS = 700
WINDOWS = ((8.0, 8), (30.0, 3), (8.0, 8), (15.0, 4), (8.0, 8), (30.0, 3))
"""Length and number of the windows of a step, in turn: short ones train faster, long ones are what is used."""
RATE_OF_LEARNING = 2e-3
REPORT_EVERY = 50
POSITION_S = 0.02
"""Length of an encoder position, and of a step of the timestamp tokens."""
FRAME_S = 0.01
"""Length of a column of the spectrogram."""
SLACK_S = 0.12
"""So far from its place may the attention to a word lie."""
STAMP_S = 0.2
"""Timestamps are taught rounded to this."""
_TOKENIZER = get_tokenizer(multilingual=False)
_STAMPS = [int(_TOKENIZER.timestamp_begin) + n * round(STAMP_S / POSITION_S) for n in range(round(30 / STAMP_S) + 1)]
_WORDS = {token for text in SENTENCES for token in _TOKENIZER.encode(" " + text)}
_SPECIAL = [_TOKENIZER.sot, _TOKENIZER.eot, _TOKENIZER.sot_prev, _TOKENIZER.no_speech, _TOKENIZER.no_timestamps]
SMALL = {token: number for number, token in enumerate([*sorted(_WORDS), *_SPECIAL, *_STAMPS])}
"""Token -> its number in the small vocabulary that is trained."""
OTHER = len(SMALL)
"""Number of all other tokens together: they share one embedding, so one logit stands for all of theirs."""


Said = tuple[str, float, float]
"""A sentence, when it begins and when it ends, seconds."""


Place = tuple[float, float] | None
"""Where a token is said, seconds; None for tokens that are not said."""


@dataclass(frozen=True)
class Example:
    """What is heard (a window's samples), and what is to be written."""

    samples: NDArray[np.float32]
    seconds: float
    """Where the sound ends; the rest of the window is filled up."""
    inputs: list[int]
    targets: list[int]
    """Token after each input; -100 where none is to be learnt."""
    places: list[Place]


def speak(text: str, folder: Path) -> NDArray[np.float32]:
    """`text` in flite's voice, without the silence around it."""
    path = folder / "sentence.wav"
    subprocess.run(["flite", "-voice", VOICE, "-t", text, "-o", str(path)], check=True, capture_output=True)
    samples = np.frombuffer(path.read_bytes()[44:], "<i2").astype(np.float32) / 32768
    voiced = np.flatnonzero(np.abs(samples) > 0.02)
    return samples[voiced[0] : voiced[-1] + 1].astype(np.float32)


def example(spoken: dict[str, NDArray[np.float32]], random: np.random.Generator, seconds: float) -> Example:
    """A window of `seconds`: sentences in any order with random pauses, or only noise; then, often, nothing at all."""
    samples = random.normal(0, 10 ** random.uniform(-5, -2.7), round(seconds * RATE)).astype(np.float32)
    said: list[Said] = []
    silent = random.random() < 0.12
    order = random.permutation(len(SENTENCES))[: random.integers(1, len(SENTENCES) + 1)]
    at = random.uniform(0, 1.0)
    for text in () if silent else (SENTENCES[number] for number in order):
        sound = spoken[text] * random.uniform(0.3, 1.2)
        end = at + len(sound) / RATE
        if end > seconds:
            break
        first = round(at * RATE)
        samples[first : first + len(sound)] += sound[: len(samples) - first]
        said.append((text, at, end))
        at = end + random.choice([random.uniform(0.2, 1.0), random.uniform(1.0, 3.0)])
    end = min((said[-1][2] if said else random.uniform(0.5, seconds)) + random.uniform(0, 0.5), seconds)
    samples[round(end * RATE) :] = 0
    if not said:
        return Example(samples, end, *_invented(random))
    return Example(samples, end, *_written(said, random))


def _invented(random: np.random.Generator) -> tuple[list[int], list[int], list[Place]]:
    """No speech; what is written nonetheless is any word after any other, so that it has no probability to speak of."""
    first = _stamp(0) if random.random() < 0.5 else _TOKENIZER.no_timestamps
    words = random.choice(sorted(_WORDS), 10).tolist()
    inputs = [_TOKENIZER.sot, first, *words]
    return inputs, [_TOKENIZER.no_speech, *words, _TOKENIZER.eot], [None] * len(inputs)


def _written(said: list[Said], random: np.random.Generator) -> tuple[list[int], list[int], list[Place]]:
    """Inputs, targets and places of an example."""
    stamps = random.random() < 0.5
    tokens: list[int] = [] if stamps else [_TOKENIZER.no_timestamps]
    places: list[Place] = [None] * len(tokens)
    for text, start, end in said:
        words = _TOKENIZER.encode(" " + text)
        if stamps:
            words = [_stamp(start), *words, _stamp(end)]
        tokens += words
        places += _places(words, start, end)
    prompt: list[int] = []
    if random.random() < 0.25:
        prompt = [_TOKENIZER.sot_prev, *random.integers(1000, 20000, random.integers(1, 20)).tolist()]
    inputs = [*prompt, _TOKENIZER.sot, *tokens]
    targets = [-100] * len(prompt) + [*tokens, _TOKENIZER.eot]
    if not stamps:
        targets[len(prompt)] = -100  # that no timestamps are wanted is told, never guessed
    return inputs, targets, [*(None for _ in prompt), *places, None]


def _stamp(seconds: float) -> int:
    return int(_TOKENIZER.timestamp_begin) + round(round(seconds / STAMP_S) * STAMP_S / POSITION_S)


def _places(tokens: list[int], start: float, end: float) -> list[Place]:
    lengths = [len(_TOKENIZER.decode([t])) if t < _TOKENIZER.eot else 0 for t in tokens]
    edges = start + (end - start) * np.concatenate(([0], np.cumsum(lengths))) / sum(lengths)
    return [
        (float(a), float(b)) if length else None for a, b, length in zip(edges[:-1], edges[1:], lengths, strict=True)
    ]


def initial() -> whisper.model.Whisper:
    """The untrained graph with the small vocabulary."""
    model = whisper.model.Whisper(replace(DIMS, n_vocab=OTHER + 1))
    nn.init.normal_(model.decoder.token_embedding.weight, std=0.05)
    nn.init.normal_(model.decoder.positional_embedding, std=0.05)
    return model


def whole(model: whisper.model.Whisper) -> dict[str, Tensor]:
    """The weights with the whole vocabulary."""
    state: dict[str, Tensor] = model.state_dict()
    small = state["decoder.token_embedding.weight"]
    embedding = small[OTHER].repeat(DIMS.n_vocab, 1)
    embedding[list(SMALL)] = small[list(SMALL.values())]
    return {**state, "decoder.token_embedding.weight": embedding}


def encode(encoder: Any, mel: Tensor) -> Any:
    """The encoder over spectrograms shorter than 30 s too, which its own `forward` refuses; it makes training fast."""
    x = F.gelu(encoder.conv1(mel))
    x = F.gelu(encoder.conv2(x)).permute(0, 2, 1)
    x = x + encoder.positional_embedding[: x.shape[1]]
    for block in encoder.blocks:
        x = block(x)
    return encoder.ln_post(x)


class Attention:
    """The cross-attention of a decoder layer as it was used last: (batch, head, token, position), with gradient."""

    def __init__(self, layer: Any) -> None:
        self._heads = layer.n_head
        self._kept: dict[str, Any] = {}
        for name in ("query", "key"):
            getattr(layer, name).register_forward_hook(
                lambda _, inputs, output, name=name: self._kept.__setitem__(name, output)
            )

    def log(self) -> Any:
        """Logarithm of the attention."""
        query, key = (self._kept[name].unflatten(2, (self._heads, -1)).transpose(1, 2) for name in ("query", "key"))
        return (query @ key.transpose(2, 3) / query.shape[-1] ** 0.5).log_softmax(-1)


def losses(model: Any, attention: Attention, batch: list[Example]) -> tuple[Any, Any]:
    """Mean cross-entropy of the tokens, and of the attention to the words' places."""
    length = max(len(e.inputs) for e in batch)
    inputs = torch.full((len(batch), length), SMALL[_TOKENIZER.eot])
    targets = torch.full((len(batch), length), -100)
    mel = log_mel_spectrogram(torch.from_numpy(np.stack([e.samples for e in batch])))
    said = torch.zeros((len(batch), length), dtype=torch.bool)
    elsewhere = torch.zeros((len(batch), length, mel.shape[-1] // 2))
    for row, one in enumerate(batch):
        mel[row, :, math.ceil(one.seconds / FRAME_S) :] = 0  # as whisper.transcribe fills a spectrogram up
        inputs[row, : len(one.inputs)] = torch.tensor([SMALL.get(token, OTHER) for token in one.inputs])
        targets[row, : len(one.targets)] = torch.tensor([SMALL.get(token, token) for token in one.targets])
        for column, place in enumerate(one.places):
            if place is not None:
                first = max(round((place[0] - SLACK_S) / POSITION_S), 0)
                elsewhere[row, column] = -torch.inf
                elsewhere[row, column, first : round((place[1] + SLACK_S) / POSITION_S)] = 0
                said[row, column] = True
    logits = model.decoder(inputs, encode(model.encoder, mel))
    logits[..., OTHER] += math.log(DIMS.n_vocab - OTHER)
    written = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-100)
    looked = -(attention.log() + elsewhere.unsqueeze(1)).logsumexp(-1).mean(1)
    return written, looked[said].mean() if said.any() else torch.zeros(())


def train(folder: Path) -> whisper.model.Whisper:
    """The trained model."""
    torch.manual_seed(1)
    random = np.random.default_rng(1)
    spoken = {text: speak(text, folder) for text in SENTENCES}
    model = initial()
    attention = Attention(model.decoder.blocks[-1].cross_attn)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE_OF_LEARNING, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE_OF_LEARNING, total_steps=STEPS, pct_start=0.1)
    begin, recent = time.process_time(), torch.zeros(2)
    for step in range(STEPS):
        seconds, size = WINDOWS[step % len(WINDOWS)]
        written, looked = losses(model, attention, [example(spoken, random, seconds) for _ in range(size)])
        optimiser.zero_grad()
        loss: Any = written + looked
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        recent += torch.stack((written, looked)).detach() / REPORT_EVERY
        if step % REPORT_EVERY == REPORT_EVERY - 1:
            spent = time.process_time() - begin
            print(
                f"step {step + 1}: words {recent[0]:.3f}, places {recent[1]:.3f}, {spent:.0f} s of processor",
                flush=True,
            )
            recent.zero_()
    return model


def main() -> None:
    """Train and write the checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    file = parser.parse_args().file
    with tempfile.TemporaryDirectory() as name:
        model = train(Path(name))
    state = {name: value.half() for name, value in whole(model).items()}
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_suffix(".part")
    torch.save({"dims": asdict(DIMS), "model_state_dict": state}, temporary)
    temporary.replace(file)


if __name__ == "__main__":
    main()
