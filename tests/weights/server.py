"""A server on loopback that has weights, and can be made to misbehave."""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from mockint.weights.catalogue import find

NAME = "faster-whisper-tiny.en"
SIZES = {"model.bin": 700_000, "config.json": 300, "tokenizer.json": 2000, "vocabulary.txt": 1500}


class WeightsServer:
    """Serves `files` (path -> content) like a hub: large files behind a redirection that names their digest."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.requests: list[tuple[str, str, str]] = []
        """Method, path and Range of every request, in order."""
        self.cut_after: int | None = None
        """Hang up after so many bytes of a body."""
        self.damage = False
        """Send other bytes than the digest was made of."""
        self.names_digest = True
        self.ranges = True
        self.hold: threading.Event | None = None
        """Wait for it after the first bytes of a body."""
        self.status: int | None = None
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_HEAD(self) -> None:
                server.answer(self)

            def do_GET(self) -> None:
                server.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """For the mirror setting."""
        return f"http://127.0.0.1:{self._http.server_port}"

    def close(self) -> None:
        """End it."""
        if self.hold:
            self.hold.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        asked = handler.headers.get("Range", "")
        self.requests.append((handler.command, handler.path, asked))
        path = handler.path.removeprefix("/large")
        if self.status or path not in self.files:
            handler.send_response(self.status or 404)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        content = self.files[path]
        large = path.endswith(".bin")
        if large and not handler.path.startswith("/large"):
            handler.send_response(302)
            handler.send_header("Location", f"/large{path}")
            handler.send_header("Content-Length", "0")
            if self.names_digest:
                handler.send_header("X-Linked-Etag", f'"{hashlib.sha256(content).hexdigest()}"')
            handler.end_headers()
            return
        self._send(handler, content, asked, tag=not large and self.names_digest)

    def _send(self, handler: BaseHTTPRequestHandler, content: bytes, asked: str, *, tag: bool) -> None:
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and self.ranges else 0
        body = content[start:]
        handler.send_response(206 if start else 200)
        handler.send_header("Content-Length", str(len(body)))
        if tag:
            blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
            handler.send_header("ETag", f'"{blob}"')
        handler.end_headers()
        if handler.command == "HEAD":
            return
        if self.damage:
            body = bytes(byte ^ 1 for byte in body)
        first = body[: self.cut_after]
        half = len(first) // 2 if self.hold else len(first)
        try:
            handler.wfile.write(first[:half])
            handler.wfile.flush()
            if self.hold:
                self.hold.wait()
            handler.wfile.write(first[half:])
        except OSError:
            handler.close_connection = True
        if self.cut_after is not None and self.cut_after < len(body):
            handler.close_connection = True


@contextmanager
def serving() -> Iterator[WeightsServer]:
    """A running server that has the files of `NAME`."""
    server = WeightsServer()
    chance = random.Random(5)
    for file in find(NAME).files:
        server.files[urlsplit(file.url).path] = chance.randbytes(SIZES[file.name])
    try:
        yield server
    finally:
        server.close()
