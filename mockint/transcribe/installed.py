"""Whisper weights on this machine: where they are kept, and which a setting means. Nothing is ever fetched here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mockint import paths
from mockint.errors import EngineMissing

BEST_FIRST = (
    "large-v3",
    "large-v3-turbo",
    "turbo",
    "large-v2",
    "large",
    "medium.en",
    "medium",
    "small.en",
    "small",
    "base.en",
    "base",
    "tiny.en",
    "tiny",
)
"""Weights by how well they hear English, as their makers rank them."""
USUAL = "base.en"
"""What is recommended where there are none."""
_IsWhole = Callable[[Path], bool]
_FOLDER_FILES = ("model.bin", "config.json", "tokenizer.json")


def whisper_weights(model: str) -> Path:
    """The checkpoint a setting names: a name, a path to a .pt file, or the best there is. Raises EngineMissing."""
    return _find("whisper", model, ".pt", is_whole=Path.is_file)


def faster_whisper_weights(model: str) -> Path:
    """The CTranslate2 folder a setting names: a name, a path, or the best there is. Raises EngineMissing."""
    return _find("faster-whisper", model, "", is_whole=_is_whole_folder)


def is_path(model: str) -> bool:
    """Whether a setting is a path rather than a name."""
    return "/" in model or "\\" in model or model.endswith(".pt")


def damaged(engine: str, path: Path, exc: Exception) -> EngineMissing:
    """The error for weights that are there and cannot be used."""
    first = str(exc).strip().splitlines()[:1]
    detail = f"{type(exc).__name__}: {first[0][:200].rstrip('.:')}" if first else type(exc).__name__
    ours = path.parent == paths.weights_dir() / engine
    again = f"mockint models download {engine}-{path.name.removesuffix('.pt')}"
    hint = f"Delete it and run: {again}" if ours else "Set transcribe.model to other weights, or to nothing."
    return EngineMissing(f"{path} cannot be used as weights for {engine}: {detail}.", hint)


def _find(engine: str, model: str, suffix: str, is_whole: _IsWhole) -> Path:
    folder = paths.weights_dir() / engine
    if is_path(model):
        path = Path(model).expanduser().absolute()
        if not is_whole(path):
            raise EngineMissing(f"{path}: there are no weights for {engine}.", _expected(engine))
        return path
    if model:
        path = folder / f"{model}{suffix}"
        if not is_whole(path):
            raise EngineMissing(
                f'The weights "{model}" for {engine} are not on this machine.',
                f"Run: mockint models download {engine}-{model}",
            )
        return path
    there = {path.name.removesuffix(suffix): path for path in _entries(folder, suffix) if is_whole(path)}
    if not there:
        raise EngineMissing(
            f"There are no weights for {engine} on this machine.", f"Run: mockint models download {engine}-{USUAL}"
        )
    ranked = [name for name in BEST_FIRST if name in there]
    return there[ranked[0] if ranked else min(there)]


def _entries(folder: Path, suffix: str) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.name.endswith(suffix) and not path.name.startswith(".")]
    except OSError:
        return []


def _is_whole_folder(path: Path) -> bool:
    return all((path / name).is_file() for name in _FOLDER_FILES) and any(path.glob("vocabulary.*"))


def _expected(engine: str) -> str:
    if engine == "whisper":
        return "Set transcribe.model to a .pt file, or to a name such as base.en."
    return f"Set transcribe.model to a folder with {', '.join(_FOLDER_FILES)} and vocabulary.*, or to a name."
