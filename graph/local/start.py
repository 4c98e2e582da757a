"""Starts the local server: fetches it, gives it a folder, a password and ports, and waits.

One command at a time does this, under the folder's lock. Everything that is needed only here is
imported only here.
"""

from __future__ import annotations

from contextlib import suppress

from ...ontology.errors import DatabaseError
from ...ontology.paths import data_dir
from .download import ensure_jars
from .faults import check_room, number
from .home import Furnish, Home, Ports, State
from .java import environment, launch, server_command, set_initial_password, write_settings
from .processes import end, find_server, free_port, is_free, listens, runs, until
from .progress import shown
from .releases import Release, drop_damaged

BOLT_PORT, HTTP_PORT, GUIDE_PORT = 7687, 7474, 7475
ROOM = 200_000_000
"""Bytes that a new database and its logs need at least."""
LOG_LINES = 12
RELEASE_SECONDS = 2.0
START_SECONDS = 180.0

_PORT_TAKEN = ("Address already in use", "BindException")


class _DiedError(DatabaseError):
    """The server ended before it answered; the message ends with what its logs say."""


def start(release: Release, home: Home, *, progress: bool, furnish: Furnish | None = None) -> State:
    """Start the server under the folder's lock, or adopt the one that runs there already, whose
    starter was killed or whose note was lost. ``furnish`` is called before a start.

    Raises ``DatabaseError`` with what to do.
    """
    found = find_server(home)
    if found is not None:
        home.write_state(found)
        with shown("Waiting for the local server", progress):
            _await_answer(home, found)
        return found
    wanted = _ports_of_before(home)
    home.forget_state()
    ensure_jars(release, progress=progress)
    check_room(data_dir(), ROOM, "the local database")
    home.set_up_password()
    if furnish is not None:
        furnish(home.kit)
    with shown(f"Starting Neo4j {release.version}", progress):
        set_initial_password(release, home)
        return _launched(release, home, wanted)


def _ports_of_before(home: Home) -> Ports:
    """The ports to try first: those of the server before, so that addresses go on being right."""
    if noted := home.read_state():
        # The process beside a server that was killed still serves the guide.
        end(noted.watcher, home.watch_argument)
        # A process that was just killed holds its ports for a moment longer.
        until(lambda: is_free(noted.bolt_port), RELEASE_SECONDS)
    return home.ports()


def _launched(release: Release, home: Home, wanted: Ports) -> State:
    """Run the server; a port taken at the last moment or a damaged jar is mended once."""
    for last in (False, True):
        bolt = free_port((wanted.bolt, BOLT_PORT))
        http = free_port((wanted.http, HTTP_PORT))
        guide = free_port((wanted.guide, GUIDE_PORT))
        write_settings(home, guide)
        command = server_command(release, home, bolt, http)
        process = launch(command, home.logs / "start.log", environment(home))
        state = State(process.pid, bolt, http)
        try:
            home.write_state(state)
            _await_answer(home, state, RELEASE_SECONDS)
            home.keep_ports(Ports(bolt, http, guide))
            return state
        except _DiedError:
            home.forget_state()
            if not last and any(word in _written(home) for word in _PORT_TAKEN):
                wanted = Ports()
            elif not last and drop_damaged(release):
                ensure_jars(release, progress=False)
            else:
                raise
        except BaseException:
            # Ctrl-C or a failure of ours: no server stays behind that nobody waited for.
            end(process.pid, home.argument, 20)
            home.forget_state()
            raise
    raise AssertionError("unreachable")


def _await_answer(home: Home, state: State, unseen: float = 0) -> None:
    """Wait until the server answers on Bolt and accepts the password, and HTTP is open too.

    HTTP comes last, and a server that finds its HTTP port taken ends after it answered on Bolt.
    For ``unseen`` seconds a new process may not show its command line yet.
    """
    until(lambda: runs(state.pid, home.argument), unseen)
    limit = number("OREPATH_START_TIMEOUT", START_SECONDS, "Write a number of seconds.")

    def answers() -> bool:
        if listens(state.pid, *state.ports) and _answers(home, state):
            return True
        if not runs(state.pid, home.argument):
            raise _crash(home)
        return False

    if not until(answers, limit):
        raise DatabaseError(
            f"the local Neo4j did not answer within {limit:.0f} s and was ended. Last lines of "
            f"{home.logs / 'start.log'}:\n{_last_lines(home)}",
            "Is the machine very busy? Give it longer with OREPATH_START_TIMEOUT=600 (seconds).",
        )


def _answers(home: Home, state: State) -> bool:
    """Whether Bolt answers now; ``DatabaseError`` where it refuses the password."""
    import neo4j
    from neo4j.exceptions import AuthError, DriverError, Neo4jError

    try:
        with neo4j.GraphDatabase.driver(state.uri, auth=("neo4j", home.password())) as driver:
            driver.verify_connectivity()
    except AuthError as error:
        raise home.password_lost("is not the one that the database has") from error
    except (DriverError, Neo4jError, OSError):
        return False
    return True


def _written(home: Home) -> str:
    """What Java and Neo4j wrote since the start."""
    with suppress(OSError):
        return (home.logs / "start.log").read_text("utf-8", "replace")
    return ""


def _last_lines(home: Home) -> str:
    lines = _written(home).splitlines()[-LOG_LINES:]
    return "\n".join(f"  {line}" for line in lines or ("(nothing)",))


def _crash(home: Home) -> _DiedError:
    said = _last_lines(home)
    if "No space left" in said:
        what = "Free some space on its disk, then try again."
    elif "Could not reserve enough space" in said or "insufficient memory" in said:
        what = "It needs about 1 GB of memory: end other programs, or set NEO4J_URI."
    elif "FileLockException" in said or "lock file has been locked" in said.lower():
        what = f"Another program has the database in {home.data} open: end it, then try again."
    else:
        what = (
            f"If the logs in {home.logs} do not help: move {home.path} away and `orepath load` "
            "makes a new database, or set NEO4J_URI to another server."
        )
    return _DiedError(
        "the local Neo4j ended before it answered. Last lines of "
        f"{home.logs / 'start.log'}:\n{said}",
        what,
    )
