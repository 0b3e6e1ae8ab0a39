"""A server that has the weights of one faster-whisper model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .server import WeightsServer, serving


@pytest.fixture
def server() -> Iterator[WeightsServer]:
    """Running, with the files of `NAME`."""
    with serving() as running:
        yield running
