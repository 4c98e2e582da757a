"""Serves the guide of the Neo4j Browser to the browsers of this machine, and nothing else.

The Browser fetches a guide by ``http://localhost`` only, across origins, and may ask first. What is
served are the files of one folder, written by whoever knows the questions.
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from .home import HOST

FILE = "guide.html"
"""The guide's file in the folder."""


class _Handler(SimpleHTTPRequestHandler):
    """Files of a folder, readable across origins, never kept by a browser."""

    def end_headers(self) -> None:
        """Allow what a browser asks before it reads another origin's file."""
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
        self.send_header("Access-Control-Allow-Headers", "*")
        self.send_header("Access-Control-Allow-Private-Network", "true")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def do_OPTIONS(self) -> None:
        """Answer the question before the request."""
        self.send_response(HTTPStatus.NO_CONTENT)
        self.end_headers()

    def list_directory(self, path: Any) -> None:
        """Show no listing."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep no log of who read the guide."""


def serve(folder: Path, port: int) -> ThreadingHTTPServer:
    """Serve the files of a folder on a loopback port, until the process ends or it is shut down.

    Raises ``OSError`` where the port is taken.
    """
    server = ThreadingHTTPServer((HOST, port), partial(_Handler, directory=str(folder)))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    return server


def address(port: int) -> str:
    """Where the guide is, as the Neo4j Browser takes it."""
    return f"http://localhost:{port}/{FILE}"
