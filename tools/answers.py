"""True answers in the documentation: ``docs/questions.md``, and a table in the README.

``python -m orepath.tools.answers FOLDER`` asks the first example of every question of the graph
that holds the bundle, and writes both pages of the checkout in FOLDER; a test compares them.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from orepath.cli.asking import Arguments, QuestionGroup, examples
from orepath.graph.connection import Graph, address_from_environment, connect, local_address
from orepath.queries.catalogue import catalogue
from orepath.queries.definition import Question
from orepath.queries.run import Answer, ask
from orepath.report.files.markdown import markdown_page
from orepath.report.page import PAGE
from orepath.tools.questions_page import markdown

SHOWN = 4
"""Rows of an answer that the page shows."""
BEGIN, END = "<!-- answers -->\n", "<!-- end of answers -->"
README, QUESTIONS = "README.md", "docs/questions.md"


def answered(graph: Graph) -> Iterator[tuple[Question, str, Answer]]:
    """Each question with a command that puts it, its first example, and the answer to it."""

    def put(question: Question, arguments: Arguments) -> None:
        answers.append(ask(graph, question, arguments))

    group = QuestionGroup("ask", act=put, options=())
    for question in catalogue().values():
        answers: list[Answer] = []
        command = examples(question, "export")[0].replace("orepath export", "orepath ask", 1)
        group.main(shlex.split(command)[2:], "orepath ask", standalone_mode=False)
        yield question, command, answers[0]


def pages(graph: Graph, readme: str) -> dict[str, str]:
    """The texts of both pages by their path; ``readme`` is the README as it is."""
    found = list(answered(graph))
    before, rest = readme.split(BEGIN)
    table = "".join(_row(command, answer) for _, command, answer in found)
    return {
        README: f"{before}{BEGIN}{table}{END}{rest.partition(END)[2]}",
        QUESTIONS: markdown({q.id: _quoted(command, answer) for q, command, answer in found}),
    }


def without(page: str) -> str:
    """The page of questions without its answers, which need a database."""
    return "".join(line for line in page.splitlines(keepends=True) if not line.startswith(">"))


def _row(command: str, answer: Answer) -> str:
    finding = answer.finding.replace("|", "\\|").replace("\n", " ")
    return f"| `{command.removeprefix('orepath ask ')}` | {finding} |\n"


def _quoted(command: str, answer: Answer) -> str:
    rows = answer.rows[:SHOWN]
    text = markdown_page(replace(answer, rows=rows, notes=(), caveats=(), sources=()), PAGE)
    if more := len(answer.rows) - len(rows):
        text += f"\nand {more:,} more {'row' if more == 1 else 'rows'}.\n"
    lines = [f"`{command}`", "", *text.splitlines()]
    return "".join(f"> {line}".rstrip() + "\n" for line in lines)


def main(arguments: list[str]) -> int:
    """Write the pages; needs the folder of the checkout."""
    if len(arguments) != 1:
        print("usage: python -m orepath.tools.answers FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    with connect(address_from_environment(None, None) or local_address()) as graph:
        made: Mapping[str, str] = pages(graph, (folder / README).read_text("utf-8"))
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
