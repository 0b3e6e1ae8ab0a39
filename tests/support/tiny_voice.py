"""A Piper voice of a few kilobytes: each phoneme is some samples of a tone, as many as the length scale says.

Its inputs and output are those of real voices, so the real package runs it; what it says nobody understands.
"""

from __future__ import annotations

import json
from pathlib import Path

NAME = "en_US-tiny-medium"
RATE = 16_000
_SAMPLES = 1300.0
"""Of a phoneme or the gap after it, at scale 1: about 160 words a minute."""


def make(folder: Path) -> Path:
    """Write the voice into `folder`/NAME, as a fetch would; returns the ONNX file."""
    from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

    place = folder / NAME
    place.mkdir(parents=True)
    model = place / f"{NAME}.onnx"
    model.write_bytes(_model())
    settings = {
        "audio": {"sample_rate": RATE}, "espeak": {"voice": "en-us"}, "phoneme_type": "espeak", "num_speakers": 1,
        "num_symbols": 256, "phoneme_id_map": DEFAULT_PHONEME_ID_MAP, "inference": {"length_scale": 1.0},
    }  # fmt: skip
    model.with_name(f"{model.name}.json").write_text(json.dumps(settings), "utf-8")
    return model


def _model() -> bytes:
    from onnx import TensorProto, checker, helper

    def number(name: str, value: float) -> TensorProto:
        return helper.make_tensor(name, TensorProto.FLOAT, [], [value])

    node = helper.make_node
    nodes = [
        node("Cast", ["input_lengths"], ["lengths"], to=TensorProto.FLOAT),
        node("Gather", ["scales", "second"], ["scale"]),
        node("Mul", ["lengths", "scale"], ["scaled"]),
        node("Mul", ["scaled", "each"], ["samples"]),
        node("Squeeze", ["samples"], ["end"]),
        node("Range", ["zero", "end", "one"], ["time"]),
        node("Mul", ["time", "step"], ["phase"]),
        node("Sin", ["phase"], ["tone"]),
        node("Unsqueeze", ["tone", "axes"], ["output"]),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, "phonemes"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    output = helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "time"])
    constants = [
        number("zero", 0.0), number("one", 1.0), number("step", 0.15), number("each", _SAMPLES),
        helper.make_tensor("second", TensorProto.INT64, [1], [1]),
        helper.make_tensor("axes", TensorProto.INT64, [3], [0, 1, 2]),
    ]  # fmt: skip
    graph = helper.make_graph(nodes, "tiny", inputs, [output], initializer=constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(model)
    return bytes(model.SerializeToString())
