"""Train a micro Whisper on six sentences spoken by flite: a checkpoint file that openai-whisper really reads.

    python scripts/make_micro_whisper.py FILE.pt

It is for tests: weights of a useful size cannot be had without a download, and this one goes the same way (checkpoint
file, spectrogram, encoder, decoder with timestamps, word times by attention) in about two minutes of two cores. It
knows its six sentences, up to three different ones in a window, and nothing else. Needs flite; the seed is fixed, and
it trains until it knows them and where their words are.

Word times come from the cross-attention. A model that knows whole sentences by heart need not look at the words one
after the other, so the attention of its last layer is taught where the words are, taking characters of a sentence to
be evenly spread over its length.
"""

from __future__ import annotations

import argparse
import itertools
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
WINDOWS = ((8.0, 8), (8.0, 8), (30.0, 3))
"""Length and number of the windows of a step, in turn: short ones train faster, long ones are what is used."""
MOST = 3
"""Sentences in a window; keeping the place among more takes much longer to learn."""
ROUND = 300
"""Steps between two looks at what it knows; the first round warms up."""
ROUNDS = 8
PLACED = 0.05
"""Attention to the words' places is good enough below this (mean of a round, nats)."""
RATE_OF_LEARNING = 2e-3
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
    order = random.permutation(len(SENTENCES))[: random.integers(1, MOST + 1)]
    at = random.uniform(0, 1.0)
    for text in () if silent else (SENTENCES[number] for number in order):
        sound = spoken[text] * random.uniform(0.3, 1.2)
        end = at + len(sound) / RATE
        if end > seconds:
            break
        first = round(at * RATE)
        samples[first : first + len(sound)] += sound[: len(samples) - first]
        said.append((text, at, end))
        at = end + random.uniform(0.2, 2.0)
    end = min((said[-1][2] if said else random.uniform(0.5, seconds)) + random.uniform(0, 1.0), seconds)
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
    if random.random() < 0.5:
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
    """The trained model, with the small vocabulary; raises SystemExit where it does not learn."""
    torch.manual_seed(1)
    random = np.random.default_rng(1)
    spoken = {text: speak(text, folder) for text in SENTENCES}
    model = initial()
    attention = Attention(model.decoder.blocks[-1].cross_attn)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE_OF_LEARNING, weight_decay=0.01)
    begin = time.process_time()
    for number in range(ROUNDS):
        # Each round ends at a low rate: that is when a model is at its best.
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE_OF_LEARNING, total_steps=ROUND, pct_start=0.1)
        sums = torch.zeros(2)
        for step in range(ROUND):
            seconds, size = WINDOWS[step % len(WINDOWS)]
            written, looked = losses(model, attention, [example(spoken, random, seconds) for _ in range(size)])
            optimiser.zero_grad()
            loss: Any = written + looked
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            sums += torch.stack((written, looked)).detach()
        words, places = (sums / ROUND).tolist()
        missed = unknown(model, spoken)
        spent = time.process_time() - begin
        print(f"round {number + 1}: words {words:.2f}, places {places:.2f}, {missed} missed, {spent:.0f} s", flush=True)
        if not missed and places < PLACED:
            return model
    raise SystemExit("It does not learn the sentences.")


def unknown(model: whisper.model.Whisper, spoken: dict[str, NDArray[np.float32]]) -> int:
    """How many windows of one and of two sentences do not come back word for word, without and with a prompt."""
    complete = whisper.model.Whisper(DIMS)
    complete.load_state_dict(whole(model))
    complete.eval()
    texts = [*((text,) for text in SENTENCES), *itertools.pairwise((*SENTENCES, SENTENCES[0]))]
    windows = {said: _window([spoken[text] for text in said]) for said in texts}
    return sum(
        _heard(complete, window, prompt) != " ".join(said)
        for said, window in windows.items()
        for prompt in (None, "Docker, Kubernetes")
    )


def _window(sounds: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Sounds one after the other, with silence around each."""
    edge = np.zeros(round(0.25 * RATE), np.float32)
    return np.concatenate([part for sound in sounds for part in (edge, sound, edge)])


def _heard(model: whisper.model.Whisper, window: NDArray[np.float32], prompt: str | None) -> str:
    heard = whisper.transcribe(model, window, language="en", temperature=0.0, fp16=False, initial_prompt=prompt)
    return str(heard["text"]).strip()


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
