"""Turn an openai-whisper checkpoint (English only) into the folder faster-whisper reads."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path
from typing import Any

import ctranslate2.specs
import torch
import whisper
from ctranslate2.converters import utils
from ctranslate2.specs import common_spec
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from whisper.tokenizer import get_encoding


def convert(checkpoint: Path, folder: Path) -> Path:
    """Write model.bin, config.json, vocabulary.json and tokenizer.json to `folder`."""
    model = whisper.load_model(str(checkpoint), device="cpu")
    dims = model.dims
    spec = ctranslate2.specs.WhisperSpec(dims.n_audio_layer, dims.n_audio_head, dims.n_text_layer, dims.n_text_head)
    for name in ("conv1", "conv2"):
        _linear(getattr(spec.encoder, name), getattr(model.encoder, name))
    spec.encoder.position_encodings.encodings = model.encoder.positional_embedding
    spec.decoder.position_encodings.encodings = model.decoder.positional_embedding
    spec.decoder.embeddings.weight = model.decoder.token_embedding.weight
    spec.decoder.projection.weight = model.decoder.token_embedding.weight
    _norm(spec.encoder.layer_norm, model.encoder.ln_post)
    _norm(spec.decoder.layer_norm, model.decoder.ln)
    for layers, blocks in ((spec.encoder.layer, model.encoder.blocks), (spec.decoder.layer, model.decoder.blocks)):
        for layer, block in zip(layers, blocks, strict=True):
            _block(layer, block)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = []
    last = range(dims.n_text_layer // 2, dims.n_text_layer)
    spec.config.alignment_heads = list(product(last, range(dims.n_text_head)))
    tokens, tokenizer = _tokenizer()
    spec.register_vocabulary(tokens)
    spec.validate()
    spec.optimize(quantization="float32")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def _block(layer: Any, block: Any) -> None:
    _attention(layer.self_attention, block.attn, block.attn_ln, [3])
    if block.cross_attn is not None:
        _attention(layer.attention, block.cross_attn, block.cross_attn_ln, [1, 2])
    _linear(layer.ffn.linear_0, block.mlp[0])
    _linear(layer.ffn.linear_1, block.mlp[2])
    _norm(layer.ffn.layer_norm, block.mlp_ln)


def _attention(spec: Any, attention: Any, norm: Any, fused: list[int]) -> None:
    """Query, key and value, `fused` so many at a time; then the output."""
    layers = [common_spec.LinearSpec() for _ in range(3)]
    for layer, module in zip(layers, (attention.query, attention.key, attention.value), strict=True):
        _linear(layer, module)
    at = 0
    for place, count in enumerate(fused):
        utils.fuse_linear(spec.linear[place], layers[at : at + count])
        at += count
    _linear(spec.linear[-1], attention.out)
    _norm(spec.layer_norm, norm)


def _linear(spec: Any, module: Any) -> None:
    spec.weight = module.weight
    if module.bias is not None:
        spec.bias = module.bias


def _norm(spec: Any, module: torch.nn.LayerNorm) -> None:
    spec.gamma = module.weight
    spec.beta = module.bias


def _tokenizer() -> tuple[list[str], Tokenizer]:
    """Whisper's own tokens, in the form of the tokenizers package."""
    encoding = get_encoding("gpt2")
    ranks: dict[bytes, int] = encoding._mergeable_ranks
    sign = _signs()
    vocabulary = {_printable(token, sign): rank for token, rank in ranks.items()}
    merges = [
        (_printable(first, sign), _printable(second, sign))
        for token in sorted(ranks, key=lambda token: ranks[token])
        if len(token) > 1
        for first, second in (_halves(token, ranks),)
    ]
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = sorted(encoding._special_tokens, key=lambda token: encoding._special_tokens[token])
    tokenizer.add_special_tokens(special)
    return [*sorted(vocabulary, key=lambda token: vocabulary[token]), *special], tokenizer


def _printable(token: bytes, sign: dict[int, str]) -> str:
    return "".join(sign[byte] for byte in token)


def _halves(token: bytes, ranks: dict[bytes, int]) -> tuple[bytes, bytes]:
    """The two tokens a token was merged from: what its bytes come to with earlier merges only."""
    parts = [bytes([byte]) for byte in token]
    while len(parts) > 2:
        joined = [ranks.get(a + b, len(ranks)) for a, b in pairwise(parts)]
        first = min(range(len(joined)), key=lambda place: joined[place])
        parts[first : first + 2] = [parts[first] + parts[first + 1]]
    return parts[0], parts[1]


def _signs() -> dict[int, str]:
    """The printable sign that stands for each byte in such files."""
    plain = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in plain]
    return {byte: chr(byte) for byte in plain} | {byte: chr(256 + n) for n, byte in enumerate(others)}
