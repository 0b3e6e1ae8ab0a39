"""Fetching from a server on loopback: whole, resumed, damaged, interrupted, without space."""

from __future__ import annotations

import hashlib
import shutil
import stat
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock
from pytest import MonkeyPatch

from mockint.errors import WeightsError
from mockint.weights.catalogue import Weights, WeightsFile, catalogue, find, remove
from mockint.weights.download import Download

from .server import NAME, SIZES, WeightsServer


def fetch(server: WeightsServer, weights: Weights | None = None) -> list[int]:
    """Fetch and return the progress."""
    seen: list[int] = []
    download = Download(weights or find(NAME), server.address)
    download.measure()
    download.fetch(seen.append)
    return seen


def contents(path: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in path.iterdir()}


def test_a_folder_of_weights_arrives_whole_and_private(server: WeightsServer) -> None:
    seen = fetch(server)
    place = find(NAME).place
    assert find(NAME).installed and contents(place) == SIZES
    assert seen == sorted(seen) and seen[-1] == sum(SIZES.values()) == find(NAME).bytes_on_disk
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in place.iterdir())
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert not find(NAME).unfinished.exists()


def test_it_goes_on_where_it_was_cut_off(server: WeightsServer) -> None:
    server.cut_after = 300_000
    with pytest.raises(WeightsError, match=r"model\.bin") as failure:
        fetch(server)
    assert "goes on from there" in failure.value.hint
    there = find(NAME).bytes_on_disk
    assert 0 < there <= 300_000 and not find(NAME).installed
    server.cut_after, server.requests = None, []
    fetch(server)
    assert ("GET", "/large" + model_path(server), f"bytes={there}-") in server.requests
    assert find(NAME).installed and contents(find(NAME).place) == SIZES


def model_path(server: WeightsServer) -> str:
    return next(path for path in server.files if path.endswith("model.bin"))


def test_a_server_that_cannot_resume_sends_all_of_it_again(server: WeightsServer) -> None:
    server.cut_after = 1000
    with pytest.raises(WeightsError):
        fetch(server)
    server.cut_after, server.ranges = None, False
    fetch(server)
    assert (find(NAME).place / "model.bin").read_bytes() == server.files[model_path(server)]


def test_a_damaged_download_is_deleted_and_good_weights_stay(server: WeightsServer) -> None:
    fetch(server)
    good = (find(NAME).place / "model.bin").read_bytes()
    server.damage = True
    with pytest.raises(WeightsError, match="damaged"):
        fetch(server)
    assert (find(NAME).place / "model.bin").read_bytes() == good
    server.damage = False
    fetch(server)
    assert find(NAME).installed and not find(NAME).unfinished.exists()


@pytest.mark.parametrize("right", [True, False])
def test_a_single_file_is_checked_against_the_catalogue(server: WeightsServer, right: bool) -> None:
    content = b"weights" * 50_000
    server.files["/w/tiny.pt"] = content
    digest = hashlib.sha256(content if right else b"other").hexdigest()
    file = WeightsFile(name="tiny.pt", url="https://publisher.example/w/tiny.pt", digest=f"sha256:{digest}")
    weights = Weights(name="w", engine="whisper", model="tiny", about="", megabytes=1, licence="MIT", files=(file,))
    if right:
        fetch(server, weights)
        assert weights.place.read_bytes() == content
    else:
        with pytest.raises(WeightsError, match="checksum"):
            fetch(server, weights)
        assert not weights.installed and weights.bytes_on_disk == 0


def test_without_a_checksum_nothing_is_fetched(server: WeightsServer) -> None:
    server.names_digest = False
    with pytest.raises(WeightsError, match="names no checksum"):
        fetch(server)
    assert all(method == "HEAD" for method, _, _ in server.requests)


def test_what_the_server_refuses_is_said(server: WeightsServer) -> None:
    server.status = 503
    with pytest.raises(WeightsError, match=r"127.0.0.1:\d+: the server answered 503"):
        fetch(server)


def test_no_server_at_all_is_said(server: WeightsServer) -> None:
    server.close()
    with pytest.raises(WeightsError, match="Connection refused"):
        fetch(server)


def test_too_little_space_is_said_before_anything_is_fetched(server: WeightsServer, monkeypatch: MonkeyPatch) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=10**6))
    with pytest.raises(WeightsError, match="1 MB are free"):
        fetch(server)
    assert not any(method == "GET" for method, _, _ in server.requests)


def test_two_at_once_do_not_mix(server: WeightsServer) -> None:
    folder = find(NAME).unfinished
    folder.mkdir(parents=True)
    with FileLock(folder.with_name(f"{folder.name}.lock")), pytest.raises(WeightsError, match="another mockint"):
        fetch(server)


def test_removing_frees_what_was_there(server: WeightsServer) -> None:
    fetch(server)
    assert remove(find(NAME)) == sum(SIZES.values())
    assert not find(NAME).installed
    with pytest.raises(WeightsError, match="not on this machine"):
        remove(find(NAME))


def test_the_catalogue_is_sound() -> None:
    names = [entry.name for entry in catalogue()]
    assert len(set(names)) == len(names)
    for entry in catalogue():
        assert entry.name == f"{entry.engine}-{entry.model}" and entry.licence and entry.about
        assert all(file.url.startswith("https://") and file.url.endswith(file.name) for file in entry.files)


def test_an_unknown_name_is_told_the_nearest() -> None:
    with pytest.raises(WeightsError, match=r'Did you mean "whisper-base\.en"'):
        find("wisper-base.en")
