"""Fetching weights: resumable, checked, and put in place only when whole. Runs in the worker, never in the app."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from filelock import FileLock, Timeout

from mockint import paths
from mockint.errors import WeightsError
from mockint.model import Value
from mockint.weights.catalogue import Weights, WeightsFile, delete

if TYPE_CHECKING:
    from requests import Response, Session

_PATIENCE_S = (10.0, 30.0)
"""Waiting for a connection, and for the next bytes."""
_CHUNK = 1 << 18
_SPARE = 50 * 10**6
"""Bytes that must stay free on the disk."""
_TRY_AGAIN = "What was fetched so far is kept: trying again goes on from there."

OnProgress = Callable[[int], None]
"""Called with the bytes of the whole that are there."""


class _Found(Value, frozen=True, kw_only=True):
    """What the server says of a file."""

    size: int
    digest: str
    """`sha256:HEX`, or `git:HEX` (sha1 of a git blob), as the catalogue or the server names it."""


class Download:
    """One entry of the catalogue on its way here. `measure` asks the server, `fetch` fetches."""

    def __init__(self, weights: Weights, mirror: str = "") -> None:
        """`mirror`: address that takes the place of every publisher's scheme and host; "" for the publishers' own."""
        import requests  # noqa: PLC0415 - only the worker fetches

        self._weights = weights
        self._mirror = mirror
        self._session: Session = requests.Session()
        self._session.headers["Accept-Encoding"] = "identity"
        self._found: dict[str, _Found] = {}

    def measure(self) -> int:
        """Bytes of all files, as the server says; raises WeightsError."""
        for file in self._weights.files:
            with self._ask("HEAD", file) as response:
                if "Content-Length" not in _linked(response):
                    raise self._cannot(file, "the server does not say how large it is")
                self._found[file.name] = _Found(
                    size=int(_linked(response)["Content-Length"]), digest=_digest(file, response)
                )
        return self.total

    @property
    def total(self) -> int:
        """Bytes of all files; `measure` first."""
        return sum(found.size for found in self._found.values())

    def fetch(self, on_progress: OnProgress) -> Path:
        """Fetch what is missing, check it, put it in place; returns the place. Raises WeightsError."""
        folder = paths.private_dir(self._weights.unfinished)
        try:
            with FileLock(folder.with_name(f"{folder.name}.lock"), timeout=0, mode=0o600):
                return self._fetch_into(folder, on_progress)
        except Timeout as exc:
            raise WeightsError(
                f"{self._weights.name} is being fetched by another mockint.", "Wait for it, or end it."
            ) from exc

    def _fetch_into(self, folder: Path, on_progress: OnProgress) -> Path:
        self._require_space(folder)
        for file in self._weights.files:
            self._fetch_file(file, folder / file.name, on_progress)
        damaged = [file.name for file in self._weights.files if not self._whole(file, folder / file.name)]
        if damaged:
            for name in damaged:
                (folder / name).unlink()
            raise WeightsError(
                f"{', '.join(damaged)} of {self._weights.name} arrived damaged: the checksum is wrong.",
                "What was damaged is deleted; what was in place before is untouched. Try again.",
            )
        return self._put_in_place(folder)

    def _require_space(self, folder: Path) -> None:
        missing = self.total - _fetched(folder)
        free = shutil.disk_usage(folder).free
        if missing + _SPARE > free:
            raise WeightsError(
                f"{self._weights.name} needs {missing / 1e6:.0f} MB more, and only {free / 1e6:.0f} MB are free there.",
                f"Free some space in {folder}, or set MOCKINT_HOME to a larger disk.",
            )

    def _fetch_file(self, file: WeightsFile, target: Path, on_progress: OnProgress) -> None:
        size = self._found[file.name].size
        if target.exists() and target.stat().st_size > size:
            target.unlink()  # of another version
        there = target.stat().st_size if target.exists() else 0
        if there == size:
            on_progress(_fetched(target.parent))
            return
        headers = {"Range": f"bytes={there}-"} if there else {}
        with self._ask("GET", file, headers) as response:
            if response.status_code != HTTPStatus.PARTIAL_CONTENT:
                there = 0  # it sends everything again
            with _open_private(target, there) as out:
                try:
                    for chunk in response.iter_content(_CHUNK):
                        out.write(chunk)
                        out.flush()
                        on_progress(_fetched(target.parent))
                except OSError as exc:
                    raise self._cannot(file, _reason(exc)) from exc
        if target.stat().st_size != size:
            raise self._cannot(file, f"it ended after {target.stat().st_size} of {size} bytes")

    def _whole(self, file: WeightsFile, path: Path) -> bool:
        found = self._found[file.name]
        kind, _, expected = found.digest.partition(":")
        blob = b"blob %d\0" % found.size
        digest = hashlib.sha256() if kind == "sha256" else hashlib.sha1(blob, usedforsecurity=False)
        with path.open("rb") as content:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest() == expected

    def _put_in_place(self, folder: Path) -> Path:
        place = self._weights.place
        paths.private_dir(place.parent)
        if len(self._weights.files) == 1:
            (folder / self._weights.files[0].name).replace(place)
            folder.rmdir()
        else:
            before = folder.with_name(f"{folder.name}.before")
            delete(before)
            if place.exists():
                place.rename(before)  # a folder that is not empty cannot be replaced in one step
            folder.rename(place)
            delete(before)
        return place

    def _ask(self, method: str, file: WeightsFile, headers: dict[str, str] | None = None) -> Response:
        import requests  # noqa: PLC0415

        address = self._address(file.url)
        try:
            response = self._session.request(
                method, address, headers=headers, stream=True, timeout=_PATIENCE_S, allow_redirects=True
            )
            response.raise_for_status()
        except requests.HTTPError as exc:
            raise self._cannot(file, f"the server answered {response.status_code} {response.reason}") from exc
        except requests.RequestException as exc:
            raise self._cannot(file, _reason(exc)) from exc
        return response

    def _address(self, url: str) -> str:
        if not self._mirror:
            return url
        mirror, parts = urlsplit(self._mirror), urlsplit(url)
        return urlunsplit((mirror.scheme, mirror.netloc, mirror.path.rstrip("/") + parts.path, "", ""))

    def _cannot(self, file: WeightsFile, why: str) -> WeightsError:
        host = urlsplit(self._address(file.url)).netloc
        return WeightsError(f"Cannot fetch {file.name} from {host}: {why}.", _TRY_AGAIN)


def _linked(response: Response) -> dict[str, str]:
    """Headers that tell of the file itself: large ones are behind a redirection that names their digest and size."""
    headers = dict(response.headers.items())
    for before in response.history:
        if "X-Linked-Etag" in before.headers:
            headers["ETag"] = before.headers["X-Linked-Etag"]
    return headers


def _digest(file: WeightsFile, response: Response) -> str:
    """What the file must hash to. A hub's ETag is a sha256 for large files and git's blob id for small ones."""
    if file.digest != "server":
        return file.digest
    tag = _linked(response).get("ETag", "").removeprefix("W/").strip('"')
    kind = {64: "sha256", 40: "git"}.get(len(tag))
    if kind is None or set(tag) - set("0123456789abcdef"):
        raise WeightsError(f"The server names no checksum for {file.name}.", "Try again later, or without a mirror.")
    return f"{kind}:{tag}"


def _fetched(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def _open_private(path: Path, keep: int) -> IO[bytes]:
    """Open for writing after the first `keep` bytes, mode 0600; the rest is cut off."""
    file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600), "wb")
    file.truncate(keep)
    file.seek(keep)
    return file


def _reason(exc: Exception) -> str:
    """The innermost cause, in the system's words."""
    inner: BaseException = exc
    while inner.__cause__ or inner.__context__:
        inner = inner.__cause__ or inner.__context__ or inner
    return (getattr(inner, "strerror", None) or str(inner) or type(inner).__name__).rstrip(".")
