"""One way to a Neo4j: by URI when the user names one, else the local server.

Everything goes through managed transactions of the official driver, so that transient errors
are retried and ``neo4j://`` clusters route. Questions run in read sessions with a timeout that
the server enforces. This module knows no label and no question.
"""

from __future__ import annotations

import logging
import os
import secrets
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

import neo4j
from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, ManagedTransaction, Record
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
)

from ..ontology.errors import DatabaseError, OrepathError

if TYPE_CHECKING:
    from .local import Furnish

T = TypeVar("T")
LOCAL_DATABASE = "neo4j"
"""The one database of the local server."""
FRESH = 30.0
"""Seconds for which a remembered reading stands, since others may write to the same graph."""
TERMINATE = """
SHOW TRANSACTIONS YIELD transactionId AS running, metaData WHERE metaData.orepath = $mark
TERMINATE TRANSACTIONS running YIELD message RETURN message
"""
"""Every user may end his own transactions; in a cluster, those on the server that is asked."""

# What the server notes about a statement is handed to the caller, who decides; the driver would
# print it as well.
logging.getLogger("neo4j.notifications").setLevel(logging.CRITICAL)
Parameters = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a Neo4j is and who asks."""

    uri: str
    username: str = "neo4j"
    password: str = ""
    database: str = "neo4j"
    local: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """What a statement returned: column names, rows as the driver gives them, and the
    notifications of the server (``(code, description)``)."""

    columns: tuple[str, ...]
    records: tuple[Record, ...]
    notifications: tuple[tuple[str, str], ...] = ()


class Graph:
    """An open connection to one database; close it, or use ``connect`` in a ``with``."""

    def __init__(self, driver: Driver, address: Address) -> None:
        self.driver = driver
        self.address = address
        self._memory: dict[Hashable, tuple[float, Any]] = {}

    def remembered(self, key: Hashable, look: Callable[[], T]) -> T:
        """What ``look`` read from this graph under ``key``, read again after ``FRESH`` seconds
        and after anything was written through this connection.

        For small things that many questions need, such as the names of materials.
        """
        now = time.monotonic()
        read, value = self._memory.get(key, (-FRESH, None))
        if now - read >= FRESH:
            value = look()
            self._memory[key] = (now, value)
        return cast(T, value)

    def read(
        self,
        cypher: str,
        parameters: Parameters | None = None,
        *,
        timeout: float | None = None,
        most: int | None = None,
    ) -> Answered:
        """Run one statement in a read transaction; a write in it is refused by the server.

        ``timeout`` in seconds is enforced by the server; of many records the first ``most`` are
        fetched. Raises ``DatabaseError``.
        """

        def work(tx: ManagedTransaction) -> Answered:
            result = tx.run(cypher, dict(parameters or {}))
            records = tuple(result if most is None else result.fetch(most))
            return Answered(tuple(result.keys()), records, _notifications(result.consume()))

        with _translated(), self._work(READ_ACCESS) as (session, mark):
            # A managed transaction takes its time limit from the decorated unit of work.
            return session.execute_read(neo4j.unit_of_work(mark, timeout)(work))

    def write(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Run ``work`` in a managed write transaction (retried on transient errors)."""
        self._memory.clear()
        with _translated(), self._work(WRITE_ACCESS) as (session, mark):
            return session.execute_write(neo4j.unit_of_work(mark)(work))

    def run(self, cypher: str, parameters: Parameters | None = None) -> Answered:
        """Run one writing statement (schema or data) in a transaction of its own."""

        def work(tx: ManagedTransaction) -> Answered:
            result = tx.run(cypher, dict(parameters or {}))
            records = tuple(result)
            return Answered(tuple(result.keys()), records, _notifications(result.consume()))

        return self.write(work)

    def size(self) -> int:
        """How many nodes there are."""
        return int(self.read("MATCH (n) RETURN count(n) AS n").records[0]["n"])

    @contextmanager
    def _work(self, mode: str) -> Iterator[tuple[neo4j.Session, dict[str, str]]]:
        """A session, and the mark that its transaction is to carry as metadata.

        On Ctrl-C what carries the mark is ended on the server; the driver by itself would go on
        fetching the answer until there is no more of it.
        """
        mark = {"orepath": secrets.token_hex(8)}
        with self._session(mode) as session:
            try:
                yield session, mark
            except (KeyboardInterrupt, SystemExit):
                # Where that fails too, the time limit ends it; the user is not kept waiting.
                with suppress(Neo4jError, DriverError):
                    with self._session(READ_ACCESS) as other:
                        other.run(TERMINATE, mark=mark["orepath"]).consume()
                    session.close()
                raise

    def _session(self, mode: str) -> neo4j.Session:
        return self.driver.session(
            database=self.address.database,
            default_access_mode=mode,
            notifications_min_severity="INFORMATION" if mode == READ_ACCESS else "OFF",
        )

    def close(self) -> None:
        """Close all connections."""
        self.driver.close()


def address_from_environment(uri: str | None = None, database: str | None = None) -> Address | None:
    """The server that the user names by ``uri`` or ``NEO4J_URI``; None when he names none."""
    uri = uri or os.environ.get("NEO4J_URI")
    if not uri:
        return None
    return Address(
        uri=uri,
        username=os.environ.get("NEO4J_USERNAME", "neo4j"),
        password=os.environ.get("NEO4J_PASSWORD", ""),
        database=database or os.environ.get("NEO4J_DATABASE", "neo4j"),
    )


def local_address(furnish: Furnish | None = None, database: str | None = None) -> Address:
    """The local server, set up and started when it is not running; ``furnish`` is called before a
    start, with the folder of what the Neo4j Browser is given.

    Raises ``OrepathError`` where another ``database`` is asked for (or by ``NEO4J_DATABASE``) than
    the one that it has.
    """
    from .local import ensure_running

    named = database or os.environ.get("NEO4J_DATABASE") or LOCAL_DATABASE
    if named != LOCAL_DATABASE:
        raise OrepathError(
            f"the local server has only the database {LOCAL_DATABASE!r}, not {named!r}",
            "Leave the database (--database, NEO4J_DATABASE) out, or name a server by its URI.",
        )
    server = ensure_running(furnish=furnish)
    return Address(server.uri, server.username, server.password, server.database, local=True)


@contextmanager
def connect(address: Address | None = None) -> Iterator[Graph]:
    """Open a graph: the given address, else ``NEO4J_URI``, else the local server (started)."""
    address = address or address_from_environment() or local_address()
    with _translated(address):
        driver = GraphDatabase.driver(
            address.uri,
            auth=(address.username, address.password),
            connection_acquisition_timeout=20,
            connection_timeout=10,
            max_transaction_retry_time=15,
            user_agent="orepath",
        )
    graph = Graph(driver, address)
    try:
        with _translated(address):
            driver.verify_connectivity()
        yield graph
    finally:
        graph.close()


def _notifications(summary: neo4j.ResultSummary) -> tuple[tuple[str, str], ...]:
    return tuple(
        (status.gql_status, status.status_description)
        for status in summary.gql_status_objects
        if status.is_notification
    )


@contextmanager
def _translated(address: Address | None = None) -> Iterator[None]:
    """Turn the driver's errors into ours, each with what the user can do."""
    where = f" at {address.uri}" if address else ""
    try:
        yield
    except AuthError as error:
        raise DatabaseError(
            f"Neo4j{where} refused the user name or password",
            "Set NEO4J_USERNAME and NEO4J_PASSWORD to those of the server.",
        ) from error
    except ServiceUnavailable as error:
        raise DatabaseError(
            f"no Neo4j answers{where}: {error}",
            "Check NEO4J_URI, or unset it to use the local server that `orepath up` starts.",
        ) from error
    except ClientError as error:
        if error.code and "TransactionTimedOut" in error.code:
            raise DatabaseError(
                "the query ran into its time limit and was ended by the server",
                "Ask more narrowly, or give it longer with --timeout SECONDS.",
            ) from error
        raise DatabaseError(f"Neo4j did not accept the query: {error.message}") from error
    except ConfigurationError as error:
        raise DatabaseError(
            f"{address.uri if address else 'this'} is no Neo4j address: {error}",
            "Write it like bolt://localhost:7687 or neo4j+s://host.",
        ) from error
    except (Neo4jError, DriverError) as error:
        closed = "Driver closed" in str(error)
        hint = "The graph was closed: open it again with connect()." if closed else None
        raise DatabaseError(f"Neo4j failed: {error}", hint) from error
