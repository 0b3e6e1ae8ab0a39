from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.micro_whisper import checkpoint


@pytest.fixture(scope="session")
def micro_whisper(request: pytest.FixtureRequest) -> Path:
    """Weights that know six sentences."""
    return checkpoint(request.config.cache)


@pytest.fixture(scope="session")
def micro_folder(micro_whisper: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for faster-whisper."""
    from tests.support.ct2_whisper import convert

    return convert(micro_whisper, tmp_path_factory.mktemp("ct2") / "micro")
