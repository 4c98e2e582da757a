"""The page ``docs/questions.md`` from the questions themselves, with answers to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orepath.queries.catalogue import catalogue, topics
from orepath.queries.definition import Question

INTRODUCTION = """# The questions

Made by `make docs` from the headers in `queries/` and the bundled data; not to be edited by hand.
`orepath questions show ID` prints the same with the Cypher. Each question is shown with the first
rows of a true answer; the command gives all of them, with notes and full citations. Columns in
*italics* are in files and pipes only. A share is a fraction of one there, and a percentage on a
terminal. How to add questions of your own: [own-questions.md](own-questions.md).
"""


def markdown(answers: Mapping[str, str]) -> str:
    """The whole page; ``answers`` are quotes in Markdown by the question's id."""
    lines = [INTRODUCTION]
    questions = catalogue().values()
    for topic, meaning in topics().items():
        lines.append(f"## {topic.capitalize()}: {meaning[0].lower()}{meaning[1:]}\n")
        for question in questions:
            if question.topic == topic:
                lines.extend(_question(question, answers.get(question.id, "")))
    return "\n".join(lines).rstrip() + "\n"


def _question(question: Question, answer: str) -> Iterator[str]:
    yield f"### `{question.id}`\n\n{question.title}\n"
    yield from (f"    {example}" for example in question.examples)
    yield f"\n{answer}"
    if question.parameters:
        yield "| parameter | type | default | meaning |\n|---|---|---|---|"
    for parameter in question.parameters:
        default = "required" if parameter.required else parameter.default or ""
        kind = ", ".join(parameter.choices) or parameter.type
        option = parameter.name.replace("_", "-")
        yield f"| `--{option}` | {kind} | {default} | {parameter.help} |"
    yield "\n| column | type | meaning |\n|---|---|---|"
    for column in question.columns:
        name = f"*{column.name}*" if column.detail else column.name
        yield f"| {name} | {column.type} | {column.meaning} |"
    yield f"\nMethod: {question.method}\n"
    yield from (f"- {caveat}" for caveat in question.caveats)
    yield ""
