"""The command line without a database: help, examples, errors, exit codes, speed of starting."""

from __future__ import annotations

import errno
import os
import pty
import re
import shlex
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner, Result

from orepath.cli import main
from orepath.cli.base import LazyGroup
from orepath.cli.source_ids import editions, loaded
from orepath.queries.catalogue import catalogue
from orepath.tools import reference

HEAVY = {"rdflib", "polars", "pyshacl", "pyrudof", "matplotlib", "networkx", "httpx", "jgo"}
COMMANDS = [pytest.param(c, x, id=name) for name, c, x in reference.commands()]
QUESTIONS = tuple(catalogue())
GROUPS = ("ask", "export", "browser")


def invoke(*arguments: str) -> Result:
    """Run a command line in this process."""
    return CliRunner().invoke(main.orepath, arguments)


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command line as a process of its own, with output to pipes."""
    return subprocess.run(
        [sys.executable, "-m", "orepath", *arguments],
        capture_output=True,
        text=True,
        env=os.environ | environment,
        check=False,
    )


def on_terminal(*arguments: str, **environment: str) -> str:
    """What a command line writes to a terminal of its own, 100 columns wide."""
    leader, follower = pty.openpty()
    environment = {"COLUMNS": "100", "TERM": "xterm-256color"} | environment
    running = subprocess.Popen(
        [sys.executable, "-m", "orepath", *arguments],
        stdout=follower,
        stderr=subprocess.DEVNULL,
        env=os.environ | environment,
    )
    os.close(follower)
    said = b""
    try:
        while chunk := os.read(leader, 65536):
            said += chunk
    except OSError as error:  # Linux says EIO where the other side was closed.
        if error.errno != errno.EIO:
            raise
    assert running.wait(60) == 0
    os.close(leader)
    return said.decode().replace("\r\n", "\n")


def examples(help_text: str) -> list[str]:
    """The example command lines of a help page."""
    return re.findall(r"^\s+(orepath .*)$", help_text.partition("Examples:")[2], re.MULTILINE)


def parses(line: str) -> None:
    """Parse a command line to its end without running it; raises what click raises."""
    words = shlex.split(re.split(" (?:<|>>?) ", line)[0])
    assert words[0] == "orepath"
    command: click.Command = main.orepath
    ctx = command.make_context("orepath", words[1:])
    while isinstance(command, click.Group):
        rest = [*ctx._protected_args, *ctx.args]
        if not rest:
            return
        name, found, rest = command.resolve_command(ctx, rest)
        assert found is not None
        command, ctx = found, found.make_context(name, rest, parent=ctx)


@pytest.mark.parametrize(("command", "ctx"), COMMANDS)
def test_every_command_is_documented_with_examples_that_parse(
    command: click.Command, ctx: click.Context
) -> None:
    text = command.get_help(ctx)
    assert command.help
    assert command.get_short_help_str(limit=200)
    found = examples(text)
    assert found, text
    for line in found:
        parses(line)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_has_a_help_page_with_examples(group: str, name: str) -> None:
    result = invoke(group, name, "--help")
    assert result.exit_code == 0, result.output
    assert "Caveats:" in result.output
    found = examples(result.output)
    assert found
    for line in found:
        assert line.startswith(f"orepath {group} {name}")
        parses(line)
    for parameter in catalogue()[name].parameters:
        assert f"--{parameter.name.replace('_', '-')}" in result.output


def test_the_reference_page_is_up_to_date() -> None:
    page = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
    assert page.read_text("utf-8") == reference.page(), (
        "run `python -m orepath.tools.reference > docs/cli.md`"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("aks",), "Did you mean 'ask'?"),
        (("ask", "top-produers"), "Did you mean 'top-producers'?"),
        (("ask", "zzz"), "There is no question 'zzz'. See `orepath ask --help`"),
        (("ask", "top-producers", "--materal", "gallium"), "Did you mean '--material'?"),
        (("ask", "dependency-paths"), "Missing option '--sector'"),
        (("ask", "restrictions", "--format", "excel"), "'excel' is not one of"),
        (("ask", "restrictions", "--timeout", "0"), "is not in the range"),
        (("ask", "restrictions", "--cypher", "--browser"), "take one"),
        (("questions", "polcy"), "Did you mean 'policy'?"),
        (("questions", "show", "restriction"), "Did you mean 'restrictions' or"),
        (("export", "restrictions"), "--format csv|tsv|jsonl|xlsx|parquet|json|graphml"),
        (("completion", "tcsh"), "'tcsh' is not one of"),
        (("schema", "Material", "--cypher"), "leave out 'Material'"),
    ],
)
def test_a_wrong_command_line_is_a_usage_error(arguments: tuple[str, ...], said: str) -> None:
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert said in re.sub(r"\s+", " ", result.stderr)
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--uri", "bolt://127.0.0.1:1", "ask", "sources"), "no Neo4j answers"),
        (("--uri", "nonsense://x", "ask", "sources"), "scheme 'nonsense' is not supported"),
        (("--database", "other", "ask", "sources"), "has only the database 'neo4j'"),
        (("load", "usgs-mc"), "Did you mean 'usgs-mcs'?"),
        (("load", "usgs-mcs", "absent.csv"), "there is no file absent.csv"),
        (("schema", "Materiel"), "Did you mean 'Material'?"),
        (("sources", "usgs-mcs-2062"), "Did you mean 'usgs-mcs-202"),
        (("schema", "--csv", "-o", "/no/such/folder/x.csv"), "there is no folder /no/such/folder"),
        (("--uri", "neo4j+s://example.invalid", "browser"), "--http URL"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for name in ("NEO4J_URI", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    assert main.run(arguments) == 1
    told = capsys.readouterr()
    assert said in told.err
    assert told.err.startswith("Error: ")
    assert "Traceback" not in told.err
    assert told.out == ""


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let `orepath schema` fail in a way that no user can cause."""

    def fail() -> None:
        raise error

    monkeypatch.setattr("orepath.ontology.schema.load_schema", fail)


def test_a_defect_is_said_as_such(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(monkeypatch, KeyError("gallium"))
    assert main.run(["schema"]) == 1
    told = capsys.readouterr().err
    assert "unexpected KeyError: 'gallium'" in told
    assert "orepath --debug" in told
    with pytest.raises(KeyError):
        main.run(["--debug", "schema"])


def test_an_interrupt_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(monkeypatch, KeyboardInterrupt())
    assert main.run(["schema"]) == 130
    assert capsys.readouterr().err.strip() == ""


def test_a_closed_pipe_is_quiet() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "orepath", "schema", "--csv"],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert done.returncode == 141
    assert done.stderr == b""


def test_version_and_help() -> None:
    assert invoke("--version").stdout == f"orepath {version('orepath')}\n"
    assert invoke("--help").stdout == invoke("-h").stdout
    for name in main.COMMANDS:
        assert f"\n  {name} " in invoke("--help").stdout


def test_help_imports_nothing_that_takes_time() -> None:
    code = (
        "import sys\nfrom orepath.cli.main import run\nassert run(['--help']) == 0\n"
        "print(sorted({m.partition('.')[0] for m in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(re.findall(r"'([^']+)'", done.stderr))
    assert "click" in loaded
    assert not loaded & (HEAVY | {"neo4j", "pydantic", "yaml", "rich"})


def test_every_module_of_a_command_exists() -> None:
    assert isinstance(main.orepath, LazyGroup)
    ctx = click.Context(main.orepath)
    for name in main.COMMANDS:
        command = main.orepath.get_command(ctx, name)
        assert command is not None
        assert command.name == name


def test_the_questions_are_listed_by_topic() -> None:
    told = invoke("questions").stdout
    assert told.splitlines()[0] == "id,topic,title"
    assert len(told.splitlines()) == 1 + len(QUESTIONS)
    policy = invoke("questions", "policy").stdout
    assert "restrictions,policy," in policy
    assert "top-producers" not in policy
    shown = invoke("questions", "show", "restrictions").stdout
    for part in ("Parameters", "Columns", "Caveats", "Examples", "Cypher", "MATCH"):
        assert part in shown


def test_a_terminal_gets_a_table_and_a_pipe_csv() -> None:
    seen = on_terminal("questions")
    assert "\x1b[" in seen
    assert "in words" in seen
    plain = on_terminal("questions", NO_COLOR="1")
    assert "\x1b[3" not in plain
    assert process("questions").stdout.startswith("id,topic,title\n")


def test_sources_need_no_database_to_tell_what_can_be_loaded() -> None:
    page = invoke("sources", "eu-crm-2023", "--format", "table").stdout
    assert "licence" in page
    assert "dimension_CRMsOverTime.csv  sha256 " in page
    assert "left out on purpose" in page
    table = invoke("sources", "--loaders", "--format", "csv").stdout
    assert table.splitlines()[0].startswith("source,load_with,edition,licence,file,sha256")
    assert "eu-crm-2023" in table


def test_the_schema_in_each_form(tmp_path: Path) -> None:
    assert "CREATE CONSTRAINT material_id IF NOT EXISTS" in invoke("schema", "--cypher").stdout
    picture = invoke("schema", "--mermaid").stdout
    assert picture.startswith("classDiagram\n")
    assert "    Economy <|-- Country" in picture
    assert "    Product --> Material : FORM_OF" in picture
    file = tmp_path / "model.md"
    assert invoke("schema", "--markdown", "-o", str(file)).stdout == ""
    text = file.read_text("utf-8")
    assert "### REPORTED_BY (IndustryObservation)" in text
    assert "| `share` |" in text
    rows = invoke("schema").stdout.splitlines()
    assert rows[0].startswith("kind,term,in_graph,property")
    assert any(row.startswith("node,Country,:Country:Economy,alpha2,") for row in rows)
    assert "(Product)-[FORM_OF]->(Material)" in invoke("schema", "FORM_OF").stdout
    assert "companionality of ByproductTie" in invoke("schema", "companionality").stdout


def test_short_commands_and_options_do_what_the_long_ones_do() -> None:
    server = main.orepath.get_command(click.Context(main.orepath), "server")
    assert isinstance(server, click.Group)
    for short, long in (("up", "start"), ("status", "status"), ("down", "stop")):
        alias = main.orepath.get_command(click.Context(main.orepath), short)
        assert alias is not None
        assert alias.callback is server.commands[long].callback
        assert alias.params == server.commands[long].params
        assert f"Short for `orepath server {long}`." in invoke(short, "--help").stdout
    for form in ("cypher", "mermaid", "markdown", "csv", "table"):
        assert invoke("schema", "--format", form).stdout == invoke("schema", f"--{form}").stdout
    for name in ("--format", "--to"):
        said = invoke("export", "restrictions", name, "xls").stderr
        assert "'xls' is not one of 'csv', 'tsv'" in said


@pytest.mark.parametrize("source", ["usgs-mcs-2026", "usgs-mcs", "orepath-demand"])
def test_each_command_takes_the_same_ids(source: str) -> None:
    (newest,) = [s for s in editions(source) if s.id in ("usgs-mcs-2026", "orepath-demand")]
    page = invoke("sources", source, "--format", "table").stdout
    assert f"orepath load {newest.publication}" in page
    held = ["orepath-demand", "usgs-mcs-2024", "usgs-mcs-2026"]
    assert loaded(newest.id, held) == [newest.id]
    assert set(loaded(newest.publication, held)) == {d for d in held if d[:5] == newest.id[:5]}
    assert newest.id in loaded(source, held)


def test_files_of_another_edition_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = SimpleNamespace(source="usgs-mcs-2025")
    other = SimpleNamespace(read=lambda files, whole, said: found)
    monkeypatch.setattr("orepath.loaders.registry.loader", lambda name: other)
    assert main.run(["load", "usgs-mcs-2026", __file__]) == 1
    told = capsys.readouterr().err
    assert "these files are usgs-mcs-2025, not usgs-mcs-2026" in told
    assert "orepath load usgs-mcs FILE" in told


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str) -> None:
    script = invoke("completion", shell).stdout
    assert f"_OREPATH_COMPLETE={shell}_complete" in script


def test_completion_knows_commands_questions_and_options() -> None:
    def complete(line: str) -> list[str]:
        number = str(len(line.split(" ")) - 1)
        told = process(_OREPATH_COMPLETE="bash_complete", COMP_WORDS=line, COMP_CWORD=number)
        return [entry.partition(",")[2] for entry in told.stdout.splitlines()]

    assert complete("orepath ex") == ["export"]
    assert complete("orepath ask top") == ["top-producers"]
    assert complete("orepath ask top-producers --mat") == ["--material"]


def test_an_unknown_shell_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    assert main.run(["completion"]) == 1
    assert "bash|zsh|fish" in capsys.readouterr().err
