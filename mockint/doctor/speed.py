"""How fast each recogniser is on this machine: measured when asked for, kept, and told by every later look.

Measured is the normal path: a stretch of the demo's recording (synthetic speech) goes through the recorder into the
worker, which expects the sample job's words; from the first sample to the last word, after the recogniser has been
loaded. What counts is seconds of work for each second of speech (the real-time factor).
"""

from __future__ import annotations

import asyncio
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from importlib import metadata
from pathlib import Path

import msgspec

from mockint import paths
from mockint.doctor.check import Check, settings_or_defaults
from mockint.errors import EngineMissing, MockintError
from mockint.model import Value
from mockint.records import FORMAT
from mockint.transcribe import registry
from mockint.transcribe.expect import expected
from mockint.transcribe.installed import BEST_FIRST, is_path

SAMPLE_S = 25.0
"""Nearly a whole window of Whisper's, which costs the same whether it is full or not."""
STREAMING_LIMIT, WINDOWED_LIMIT = 0.7, 1.0
"""Factors below which a recogniser keeps up. One that streams needs the rest for its last pass after the answer's end
(own choice); one that hears windows is behind a draft and only must not fall further back with each window."""
_PACKAGES = {"sphinx": "pocketsphinx", "whisper": "openai-whisper", "faster-whisper": "faster-whisper"}


class Speed(Value, frozen=True, kw_only=True):
    """A measurement."""

    machine: str
    engine: str
    model: str
    version: str
    """Of the recogniser's package."""
    factor: float
    """Seconds of work for each second of speech."""
    load_s: float
    """Seconds before the first sample could be taken."""
    measured: str
    """ISO 8601 with zone."""

    @property
    def keeps_up(self) -> bool:
        """Whether answers can be written down while they are spoken."""
        return self.factor < limit(self.engine)

    @property
    def name(self) -> str:
        """Recogniser and model."""
        return f"{self.engine} {self.model}".strip()


class _File(Value, frozen=True, kw_only=True):
    format: int = FORMAT
    speeds: tuple[Speed, ...] = ()


Candidate = tuple[str, str]
"""Engine and model."""


def limit(engine: str) -> float:
    """The factor below which a recogniser keeps up."""
    return WINDOWED_LIMIT if registry.Choice(engine).slow else STREAMING_LIMIT


def candidates() -> list[Candidate]:
    """Everything on this machine that can write down an answer, the largest first, the embedded recogniser last."""
    wanted = settings_or_defaults().transcribe.model
    models = (*((wanted,) if is_path(wanted) else ()), *BEST_FIRST)
    usable = [engine.name for engine in registry.available() if engine.usable and engine.name != registry.EMBEDDED]
    windowed = [name for name in usable if registry.Choice(name).slow]
    found = [(engine, model) for model in models for engine in reversed(windowed) if _there(engine, model)]
    found += [(engine, "") for engine in usable if engine not in windowed]
    return [*found, (registry.EMBEDDED, "")]


def measure(tell: Callable[[str], None], chosen: Sequence[Candidate] | None = None) -> list[Speed]:
    """Measure the candidates and keep what was found; one that fails is told of and left out. Raises StoreError."""
    found: list[Speed] = []
    for engine, model in candidates() if chosen is None else chosen:
        tell(f"Measuring {f'{engine} {model}'.strip()} …")
        try:
            found.append(asyncio.run(_measure(engine, model)))
        except MockintError as exc:
            tell(f"{engine}: {exc}")
    again = {_key(speed) for speed in found}
    kept = (*found, *(speed for speed in _kept() if _key(speed) not in again))
    paths.write_private(_file(), msgspec.json.format(msgspec.json.encode(_File(speeds=kept)), indent=1))
    return found


def known() -> list[Speed]:
    """What was measured on this machine with what is installed now, the largest first."""
    kept = {_key(speed): speed for speed in _kept()}
    keys = ((_machine(), engine, model, _version(engine)) for engine, model in candidates())
    return [kept[key] for key in keys if key in kept]


def speeds() -> Iterator[Check]:
    """What is known of each recogniser's speed, and the largest that keeps up."""
    found = known()
    missing = len(candidates()) - len(found)
    for speed in found:
        verdict = "keeps up with speech" if speed.keeps_up else "does not keep up"
        detail = f"{speed.name}: {speed.factor:.2f} s for each second of speech, {verdict} ({speed.measured[:10]})"
        yield Check(name="speed", status="info", detail=detail)
    if missing:
        detail = f"{missing} recogniser{'s' if missing > 1 else ''} not measured on this machine"
        yield Check(name="speed", status="info", detail=detail, fix="mockint doctor --speed")
    yield from _suggestion(found)


def _suggestion(found: Sequence[Speed]) -> Iterator[Check]:
    """The largest that keeps up, where it is not what the settings choose."""
    best = next((speed for speed in found if speed.keeps_up), None)
    if best is None:
        if found:
            detail = "no recogniser keeps up: the words come some time after the answer"
            yield Check(name="speed", status="warn", detail=detail, fix="Close other programs, and measure again.")
        return
    if _in_use() == (best.engine, _model_name(best.model)):
        yield Check(name="speed", status="ok", detail=f"the largest that keeps up is in use: {best.name}")
        return
    fix = f'In {paths.settings_file()}: [transcribe], engine = "{best.engine}"'
    fix += f', model = "{best.model}"' if best.model else ""
    yield Check(name="speed", status="info", detail=f"the largest that keeps up: {best.name}", fix=fix)


def _in_use() -> Candidate | None:
    """What the settings choose; None where that cannot be used, which another look tells."""
    wanted = settings_or_defaults().transcribe
    try:
        choice = registry.choose(wanted.engine, wanted.model)
    except EngineMissing:
        return None
    return choice.engine, _model_name(choice.model)


def _model_name(model: str) -> str:
    """`base.en` of a name, a checkpoint (`base.en.pt`) or a folder."""
    return Path(model).name.removesuffix(".pt")


async def _measure(engine: str, model: str) -> Speed:
    from mockint.capture import transcribe_source
    from mockint.runtime import Runtime

    runtime = Runtime(settings_or_defaults())
    transcriber = runtime.transcriber(engine, model)
    try:
        with tempfile.TemporaryDirectory(prefix="mockint-") as folder:
            sample = _sample(Path(folder))
            begun = time.monotonic()
            await transcriber.warm_up(expected(runtime.job(None), None))
            loaded = time.monotonic()
            await transcribe_source(runtime.file_recorder(sample), transcriber, Path(folder) / "answer.wav")
            done = time.monotonic()
    finally:
        await transcriber.close()
    return Speed(
        machine=_machine(),
        engine=engine,
        model=model,
        version=_version(engine),
        factor=round((done - loaded) / SAMPLE_S, 3),
        load_s=round(loaded - begun, 1),
        measured=datetime.now().astimezone().isoformat(timespec="seconds"),
    )


def _sample(folder: Path) -> Path:
    """The first SAMPLE_S of the demo's first recording, in a file of its own."""
    import soundfile

    from mockint.audio.player import read_span

    samples, rate = read_span(paths.demo_dir() / "technical.ogg", 0.0, SAMPLE_S)
    sample = folder / "sample.wav"
    soundfile.write(sample, samples, rate)
    return sample


def _there(engine: str, model: str) -> bool:
    try:
        registry.choose(engine, model)
    except EngineMissing:
        return False
    return True


def _key(speed: Speed) -> tuple[str, str, str, str]:
    return speed.machine, speed.engine, speed.model, speed.version


def _version(engine: str) -> str:
    """Version of the package an engine comes in; empty where that cannot be told."""
    points = [point for point in metadata.entry_points(group=registry.GROUP) if point.name == engine and point.dist]
    try:
        return metadata.version(_PACKAGES[engine]) if engine in _PACKAGES else points[0].dist.version  # type: ignore[union-attr]
    except (metadata.PackageNotFoundError, IndexError):
        return ""


def _machine() -> str:
    """Processor and number of cores: a home directory may be shared between machines."""
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        lines = cpuinfo.read_text("utf-8", "replace").splitlines()
        name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), name)
    return f"{name}, {os.cpu_count()} cores"


def _file() -> Path:
    return paths.home() / "speeds.json"


def _kept() -> tuple[Speed, ...]:
    """Measurements of earlier; none where the file cannot be read, which costs no more than measuring again."""
    try:
        return msgspec.json.decode(_file().read_bytes(), type=_File).speeds
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ()
