"""``orepath browser``: a link that opens the Neo4j Browser with a question's query typed in.

Its password, and what the Browser of any other Neo4j is given, are had here too. The local server
serves the Browser itself. For a server by URI the link can only be a guess, since Bolt does not
tell where a server's HTTP is; what is guessed is said on stderr.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

import click

from ..ontology.errors import OrepathError
from ..queries.emptiness import explained, refuse_empty
from ..report.kit.folder import furnish, refresh, write_kit
from .asking import Arguments, QuestionGroup
from .session import address, emit, note, open_graph

if TYPE_CHECKING:
    from ..graph.connection import Address
    from ..graph.local.home import Home
    from ..queries.definition import Question

HTTP_PORT = 7474
"""Where Neo4j serves its Browser unless it is told otherwise."""
STARTER = "top-producers"
"""The question whose picture is shown where none is named: small, with shares on its lines."""
ENCRYPTED = ("neo4j+s", "neo4j+ssc", "bolt+s", "bolt+ssc")
OPTIONS = (
    click.Option(
        ["--http"],
        metavar="URL",
        help="Where the server named by --uri or NEO4J_URI serves its Browser.  "
        f"[default: http://HOST:{HTTP_PORT}]",
    ),
    click.Option(["--open", "open_it"], is_flag=True, help="Open the link as well as print it."),
    click.Option(["--copy"], is_flag=True, help="Put the password on the clipboard as well."),
)
ALONE = (
    click.Option(["--password"], is_flag=True, help="Print the password instead of a link."),
    click.Option(
        ["--kit"],
        type=click.Path(file_okay=False, path_type=Path),
        metavar="FOLDER",
        help="Write style, guide and favourites for the Browser of any other Neo4j into a folder, "
        "instead of a link.",
    ),
)
"""Options without a question."""


def link(http: str, where: Address, cypher: str | None) -> str:
    """The address of the Browser at ``http`` (ending in ``/browser/``), connected to ``where``,
    with a query typed in."""
    port = urlsplit(where.uri).port or 7687
    host = urlsplit(where.uri).hostname or "127.0.0.1"
    scheme = where.uri.partition(":")[0].replace("bolt", "neo4j") if not where.local else "neo4j"
    parts = {"dbms": f"{scheme}://{where.username}@{host}:{port}", "db": where.database}
    if cypher:
        parts |= {"cmd": "edit", "arg": cypher.strip()}
    return f"{http}?{urlencode(parts, quote_via=quote)}"


def browser_at(where: Address, http: str | None) -> str:
    """The URL of the Browser for a server, ending in ``/browser/``.

    Raises ``OrepathError`` for an encrypted server by URI when the user does not say where its
    Browser is (Aura, for one, serves none on the host of its Bolt).
    """
    if http is not None:
        return f"{http.removesuffix('/').removesuffix('/browser')}/browser/"
    if where.local:
        from ..graph.local import ensure_running

        return ensure_running(furnish=furnish).browser_url
    parts = urlsplit(where.uri)
    if parts.scheme in ENCRYPTED:
        raise OrepathError(
            f"where the Neo4j Browser for {where.uri} is cannot be told from its address",
            "Name it with --http URL, or open it from your provider's console and paste what "
            "`orepath ask QUESTION --cypher` prints.",
        )
    return f"http://{parts.hostname or 'localhost'}:{HTTP_PORT}/browser/"


def show_link(
    question: Question,
    arguments: Arguments,
    http: str | None = None,
    open_it: bool = False,
    copy: bool = False,
    output: Path | None = None,
) -> None:
    """Print the link for the piece of the graph that the answer speaks of; for its table where
    the question has no picture, or the answer no rows."""
    from ..api import Orepath
    from ..graph.connection import connect

    where = address()
    base = browser_at(where, http)
    with connect(where) as graph:
        found = Orepath(graph).ask(question, arguments)
        drawn = found.graph() if found.rows and question.picture is not None else None
        statement = drawn.cypher if drawn is not None and drawn.nodes else found.cypher
        if where.local:
            refresh(graph, _home().kit)
    text = link(base, where, statement)
    emit(text, output)
    if drawn is not None and drawn.left_out:
        note(drawn.left_out)
    if copy:
        copy_password(where)
    _say_how_to_log_in(where, http, copied=copy)
    if open_it and not _open(text):
        raise OrepathError("no web browser could be started here", "Open the printed link by hand.")


def _say_how_to_log_in(where: Address, http: str | None, *, copied: bool) -> None:
    if copied:
        note(f"The password of {where.username} is on the clipboard: paste it where it is asked.")
    elif where.local:
        note(
            f"The Browser asks for the password of {where.username}: `orepath browser --copy` puts "
            f"it on the clipboard, --password prints it; it is in {_home().password_file}"
        )
    if not where.local and http is None:
        note(
            f"This takes the Browser of {urlsplit(where.uri).hostname} to be on port {HTTP_PORT}; "
            "name another with --http URL."
        )


def _home() -> Home:
    """The folder of the local server, which runs."""
    from ..graph.local import ensure_running
    from ..graph.local.home import Home

    return Home(ensure_running(furnish=furnish).home)


def copy_password(where: Address) -> None:
    """Put the password on the clipboard. Raises ``OrepathError`` where there is none."""
    import pyperclip

    try:
        pyperclip.copy(where.password)
    except pyperclip.PyperclipException as error:
        raise OrepathError(
            "there is no clipboard here that a program could write to",
            "`orepath browser --password` prints the password. On Linux a clipboard needs xclip, "
            "xsel or wl-clipboard, and a desktop.",
        ) from error


def show_password() -> None:
    """Print the password of the server, and nothing else."""
    emit(address().password)


def make_kit(folder: Path) -> None:
    """Write the kit into a folder, and say what is in it."""
    with open_graph() as graph, explained(graph):
        refuse_empty(graph)
        names = write_kit(graph, folder)
    note(f"{folder}: {', '.join(names)}. README.txt says what to do with them.")


def _open(url: str) -> bool:
    import webbrowser

    return webbrowser.open(url)


def starter() -> tuple[Question, Arguments]:
    """What shows the graph to somebody who named no question: who makes one material."""
    from ..queries.catalogue import question

    found = question(STARTER)
    return found, {p.name: p.example for p in found.parameters if p.required}


class BrowserGroup(QuestionGroup):
    """Without a question it shows the starter."""

    def invoke(self, ctx: click.Context) -> object:
        """Show the starter when no question was named."""
        given = dict(ctx.params)
        password, kit = (given.pop(option.name) for option in ALONE if option.name)
        if ctx.invoked_subcommand is not None and (password or kit):
            raise click.UsageError("--password and --kit go without a question.")
        result = super().invoke(ctx)
        if ctx.invoked_subcommand is not None:
            return result
        if password and kit:
            raise click.UsageError("--password prints and --kit writes: take one.")
        if password:
            show_password()
        elif kit:
            make_kit(kit)
        else:
            show_link(*starter(), **given)
        return result


browser = BrowserGroup(
    "browser",
    act=show_link,
    options=OPTIONS,
    params=[*OPTIONS, *ALONE],
    invoke_without_command=True,
    help="""Print a link that opens the Neo4j Browser with the query of a question typed in.

    Without a question it is who makes gallium, and how much of it. After the sign-in a
    guide opens beside it with every question of the library, each a click from its answer. The
    local server is started when it is not running; its Browser has its style already. The
    questions and their options are those of `orepath ask`.""",
    short_help="Print a link to the Neo4j Browser with a query typed in.",
    examples=(
        ("orepath browser", "Look at the graph."),
        ("orepath browser top-producers --material gallium --open", "Open a question's picture."),
        ("orepath browser --copy --open", "Open it with the password ready to be pasted."),
        ("orepath browser --kit orepath-kit", "Style, guide and favourites for your own Neo4j."),
        (
            "orepath --uri bolt://localhost:7687 browser --http http://localhost:7474",
            "The Browser of a server of your own.",
        ),
    ),
)
