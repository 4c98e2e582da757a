"""The download of the local server's jars, against a Maven repository that misbehaves."""

from __future__ import annotations

import hashlib
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from orepath.graph.local import CURRENT, LTS, RELEASES, Release
from orepath.graph.local import releases as jars
from orepath.graph.local.download import ensure_jars, repository
from orepath.graph.local.releases import Jar, read_lock
from orepath.ontology.errors import DatabaseError
from orepath.tools.lock import roots

Answer = Callable[[BaseHTTPRequestHandler, bytes, int], None]


class Mirror:
    """A Maven repository on this machine; ``answers`` says how a path's requests are treated."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.asked: Counter[str] = Counter()
        self.answers: dict[str, Answer] = {}
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = re.sub(r"^http://[^/]+", "", self.path).removeprefix("/maven2/")
                mirror.asked[path] += 1
                answer = mirror.answers.get(path, give)
                answer(self, mirror.files.get(path, b""), mirror.asked[path])

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}/maven2"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def give(handler: BaseHTTPRequestHandler, body: bytes, _: int) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def corrupt(handler: BaseHTTPRequestHandler, body: bytes, asked: int) -> None:
    give(handler, body[::-1], asked)


def corrupt_once(handler: BaseHTTPRequestHandler, body: bytes, asked: int) -> None:
    give(handler, body[::-1] if asked == 1 else body, asked)


def absent(handler: BaseHTTPRequestHandler, _: bytes, asked: int) -> None:
    handler.send_response(404)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def overloaded_once(handler: BaseHTTPRequestHandler, body: bytes, asked: int) -> None:
    if asked > 1:
        give(handler, body, asked)
        return
    handler.send_response(503)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def cut_off_once(handler: BaseHTTPRequestHandler, body: bytes, asked: int) -> None:
    if asked > 1:
        give(handler, body, asked)
        return
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def made_up_jars() -> dict[Jar, bytes]:
    """Twelve jars of 20 to 240 kB, the same in each process."""
    chance = random.Random(3)
    made = {}
    for number in range(12):
        content = chance.randbytes(20_000 * (number + 1))
        digest = hashlib.sha256(content).hexdigest()
        jar = Jar(
            "org.example", f"part{number}", "1.0", "linux" * (number % 2), digest, len(content)
        )
        made[jar] = content
    return made


@pytest.fixture
def content(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[Jar, bytes]:
    """The jars of a made-up release, with an empty cache and no Maven folder."""
    made = made_up_jars()
    monkeypatch.setattr(jars, "read_lock", lambda release: tuple(made))
    monkeypatch.setenv("OREPATH_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("M2_REPO", str(tmp_path / "m2"))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return made


@pytest.fixture
def mirror(content: dict[Jar, bytes], monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    running = Mirror({jar.repository_path: body for jar, body in content.items()})
    monkeypatch.setenv("OREPATH_MAVEN_MIRROR", running.address)
    yield running
    running.server.shutdown()
    running.server.server_close()


def cached(content: dict[Jar, bytes]) -> set[Jar]:
    return {jar for jar, body in content.items() if _bytes(jar.cached) == body}


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def parts() -> list[Path]:
    return list(jars.jar_folder().glob("*.part"))


def test_all_jars_come_once_and_are_not_asked_for_again(
    content: dict[Jar, bytes], mirror: Mirror, capfd: pytest.CaptureFixture[str]
) -> None:
    ensure_jars(LTS)
    assert cached(content) == set(content)
    ensure_jars(LTS)
    assert set(mirror.asked.values()) == {1}
    assert len(mirror.asked) == len(content)
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1, "one line where stderr is no terminal"


def test_eight_come_at_a_time(content: dict[Jar, bytes], mirror: Mirror) -> None:
    asked_so_far: list[int] = []
    together = threading.Barrier(8, action=lambda: asked_so_far.append(len(mirror.asked)))

    def wait_for_the_others(handler: BaseHTTPRequestHandler, body: bytes, asked: int) -> None:
        together.wait(30)
        give(handler, body, asked)

    for jar in sorted(content, key=lambda jar: -jar.size)[:8]:
        mirror.answers[jar.repository_path] = wait_for_the_others
    ensure_jars(LTS, progress=False)
    assert cached(content) == set(content)
    assert asked_so_far == [8], "neither fewer nor more"
    assert set(mirror.asked.values()) == {1}


def test_a_wrong_hash_is_asked_for_twice_and_then_named(
    content: dict[Jar, bytes], mirror: Mirror
) -> None:
    bad = max(content, key=lambda jar: jar.size)
    mirror.answers[bad.repository_path] = corrupt
    with pytest.raises(DatabaseError) as caught:
        ensure_jars(LTS, progress=False)
    assert bad.repository_path in caught.value.message
    assert "127.0.0.1" in caught.value.message
    assert bad.sha256 in caught.value.message
    assert mirror.asked[bad.repository_path] == 2
    assert not bad.cached.exists()
    assert parts() == []


def test_a_file_that_was_wrong_once_is_mended(content: dict[Jar, bytes], mirror: Mirror) -> None:
    mirror.answers[next(iter(content)).repository_path] = corrupt_once
    ensure_jars(LTS, progress=False)
    assert cached(content) == set(content)


@pytest.mark.parametrize("answer", [overloaded_once, cut_off_once])
def test_a_passing_failure_is_retried(
    content: dict[Jar, bytes], mirror: Mirror, answer: Answer
) -> None:
    mirror.answers[next(iter(content)).repository_path] = answer
    ensure_jars(LTS, progress=False)
    assert cached(content) == set(content)


def test_an_absent_file_is_named_and_not_asked_for_again(
    content: dict[Jar, bytes], mirror: Mirror
) -> None:
    lost = next(iter(content))
    mirror.answers[lost.repository_path] = absent
    with pytest.raises(DatabaseError) as caught:
        ensure_jars(LTS, progress=False)
    assert lost.repository_path in caught.value.message
    assert "404" in caught.value.message
    assert mirror.asked[lost.repository_path] == 1


def test_without_network_the_message_names_the_three_other_ways(
    content: dict[Jar, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OREPATH_MAVEN_MIRROR", "http://127.0.0.1:9/maven2")
    with pytest.raises(DatabaseError) as caught:
        ensure_jars(LTS, progress=False)
    assert "could not be downloaded" in caught.value.message
    for way in ("NEO4J_URI", "docker compose up", "OREPATH_MAVEN_MIRROR"):
        assert way in str(caught.value.hint)


# A run in the background starts its processes deaf to Ctrl-C.
LISTENING = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
DOWNLOADER = """
import sys
sys.path[:0] = [{tests!r}]
from test_jars import made_up_jars
from orepath.graph.local import LTS
from orepath.graph.local import releases as jars
from orepath.graph.local.download import ensure_jars
made = made_up_jars()
jars.read_lock = lambda release: tuple(made)
ensure_jars(LTS)
"""


def start_download() -> subprocess.Popen[bytes]:
    code = LISTENING + DOWNLOADER.format(tests=str(Path(__file__).parent))
    return subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE)


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "waited too long"
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_an_ended_download_goes_on_where_it_was(
    content: dict[Jar, bytes], mirror: Mirror, ending: signal.Signals
) -> None:
    gate = threading.Event()
    held = sorted(content, key=lambda jar: jar.size)[:6]

    def hang(handler: BaseHTTPRequestHandler, body: bytes, asked: int) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[:1000])
        gate.wait(30)

    for jar in held:
        mirror.answers[jar.repository_path] = hang
    process = start_download()
    until(lambda: len(cached(content)) == len(content) - len(held) and len(parts()) > 0)
    process.send_signal(ending)
    # Connections that stand still do not hold up Ctrl-C.
    assert process.wait(8) != 0
    gate.set()
    assert process.stderr is not None
    process.stderr.close()
    if ending == signal.SIGINT:
        assert parts() == []
    kept = cached(content)
    assert kept == set(content) - set(held)
    for part in parts():
        os.utime(part, (0, 0))
    mirror.answers.clear()
    mirror.asked.clear()
    ensure_jars(LTS, progress=False)
    assert cached(content) == set(content)
    assert set(mirror.asked) == {jar.repository_path for jar in held}
    assert parts() == []


def test_the_users_maven_folder_is_used_where_its_hash_is_right(
    content: dict[Jar, bytes], mirror: Mirror, tmp_path: Path
) -> None:
    right, wrong = list(content)[:2]
    for jar, body in ((right, content[right]), (wrong, b"something else")):
        file = tmp_path / "m2" / jar.repository_path
        file.parent.mkdir(parents=True)
        file.write_bytes(body)
    ensure_jars(LTS, progress=False)
    assert cached(content) == set(content)
    assert mirror.asked[right.repository_path] == 0
    assert mirror.asked[wrong.repository_path] == 1


def test_a_jar_that_was_damaged_later_is_found_and_replaced(
    content: dict[Jar, bytes], mirror: Mirror
) -> None:
    ensure_jars(LTS, progress=False)
    spoilt, shortened = list(content)[:2]
    spoilt.cached.write_bytes(bytes(spoilt.size))
    shortened.cached.write_bytes(b"")
    assert jars.drop_damaged(LTS) == [spoilt]
    ensure_jars(LTS, progress=False)
    assert cached(content) == set(content)


def test_the_environments_proxy_is_used(
    content: dict[Jar, bytes], mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", mirror.address.removesuffix("/maven2"))
    monkeypatch.setenv("OREPATH_MAVEN_MIRROR", "http://repository.invalid/maven2")
    ensure_jars(LTS, progress=False)
    assert cached(content) == set(content)


def test_a_cache_below_a_file_is_explained(
    content: dict[Jar, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("OREPATH_CACHE_DIR", str(tmp_path / "file" / "cache"))
    with pytest.raises(DatabaseError) as caught:
        ensure_jars(LTS, progress=False)
    assert str(tmp_path / "file" / "cache") in caught.value.message
    assert "OREPATH_CACHE_DIR" in str(caught.value.hint)


def test_no_permission_is_explained(
    content: dict[Jar, bytes], mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The tests may run as root, whom no file mode stops, so the system's answer is made up.
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(DatabaseError) as caught:
        ensure_jars(LTS, progress=False)
    assert "no permission to write" in caught.value.message
    assert "OREPATH_CACHE_DIR" in str(caught.value.hint)


def test_too_little_room_is_said_before_anything_is_fetched(
    content: dict[Jar, bytes], mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 1_000_000}))
    with pytest.raises(DatabaseError) as caught:
        ensure_jars(LTS, progress=False)
    assert re.search(r"needs 2 MB, 1 MB are free", caught.value.message)
    assert not mirror.asked


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_disk_that_fills_up_on_the_way_is_explained(
    content: dict[Jar, bytes], mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlucky = next(iter(content))

    def on_a_full_disk(jar: Jar) -> Path:
        part = jar.cached.with_suffix(".part")
        if jar == unlucky:
            part.symlink_to("/dev/full")
        return part

    monkeypatch.setattr("orepath.graph.local.download.part_of", on_a_full_disk)
    with pytest.raises(DatabaseError) as caught:
        ensure_jars(LTS, progress=False)
    assert "no space left" in caught.value.message
    assert "OREPATH_CACHE_DIR" in str(caught.value.hint)
    assert not unlucky.cached.exists()
    assert parts() == []


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.series)
def test_a_lock_file_is_sorted_whole_and_names_no_host(release: Release) -> None:
    text = release.lock_file.read_text(encoding="utf-8")
    lines = text.splitlines()[1:]
    assert lines == sorted(lines)
    shape = re.compile(r"[\w.-]+(:[\w.-]+){2,3} [0-9a-f]{64} [1-9]\d*")
    assert [line for line in lines if not shape.fullmatch(line)] == []
    assert "/" not in text
    coordinates = {jar.coordinates for jar in read_lock(release)}
    assert set(roots(release)) <= coordinates
    assert len(coordinates) == len(lines) > 200


def test_releases_share_what_they_have_in_common() -> None:
    one, other = ({jar.cached for jar in read_lock(release)} for release in (LTS, CURRENT))
    assert one & other
    # The same name never stands for two contents.
    by_file = {jar.cached: jar.sha256 for release in RELEASES for jar in read_lock(release)}
    assert all(by_file[jar.cached] == jar.sha256 for r in RELEASES for jar in read_lock(r))


def test_a_mirror_that_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OREPATH_MAVEN_MIRROR", "my mirror")
    with pytest.raises(DatabaseError, match="OREPATH_MAVEN_MIRROR"):
        repository()


@pytest.mark.parametrize(
    ("mirror_of", "used"),
    [("central", True), ("*", True), ("*,!central", False), ("elsewhere", False)],
)
def test_a_mirror_of_the_maven_settings_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mirror_of: str, used: bool
) -> None:
    monkeypatch.delenv("OREPATH_MAVEN_MIRROR", raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    (tmp_path / ".m2").mkdir()
    (tmp_path / ".m2" / "settings.xml").write_text(
        '<settings xmlns="urn:settings"><mirrors><mirror><id>ours</id>'
        f"<mirrorOf>{mirror_of}</mirrorOf><url>http://mirror.invalid/all/</url></mirror></mirrors>"
        "</settings>"
    )
    assert (repository() == "http://mirror.invalid/all") is used
