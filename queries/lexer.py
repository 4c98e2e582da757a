"""Cypher as tokens: enough to say what a statement uses, without a database.

A published grammar of Cypher for Python needs half a second for one of our statements and knows
less than Neo4j 5 does; what the catalogue asks (which words are keywords, labels, types,
properties, parameters, columns) needs no tree, only tokens with their brackets. The words in
strings and comments are never keywords here. Whether a statement is right Neo4j says itself: the
tests have each one explained by a server.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<comment>/\*.*?\*/|//[^\n]*)
      | (?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
      | (?P<parameter>\$(?:[A-Za-z_]\w*|`[^`]+`))
      | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
      | (?P<word>[^\W\d]\w*|`(?:``|[^`])+`)
      | (?P<sign>\.\.|<=|>=|<>|=~|\+=|->|<-|.)
    """,
    re.VERBOSE | re.DOTALL,
)
WRITING = frozenset(
    ("CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "FOREACH", "DROP", "ALTER",
     "GRANT", "DENY", "REVOKE", "USE", "INSERT")
)  # fmt: skip
AFTER_RETURN = frozenset({"ORDER", "SKIP", "OFFSET", "LIMIT", "UNION"})
SUBQUERY = frozenset({"EXISTS", "COUNT", "COLLECT", "CALL"})
OPENING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (``word``, ``sign`` …), text, and 1-based line."""

    kind: str
    text: str
    line: int

    @property
    def keyword(self) -> str:
        """The word in capitals; empty for anything that cannot be a keyword."""
        return self.text.upper() if self.kind == "word" and self.text[0] != "`" else ""

    @property
    def name(self) -> str:
        """A word without its back quotes."""
        return self.text.strip("`")


@dataclass(frozen=True, slots=True)
class Names:
    """What a statement names of the graph, each sorted."""

    labels: tuple[str, ...]
    types: tuple[str, ...]
    properties: tuple[str, ...]


def tokens(cypher: str, first_line: int = 1) -> list[Token]:
    """The tokens of a statement without white space and comments."""
    found = []
    line = first_line
    for match in TOKEN.finditer(cypher):
        kind, text = str(match.lastgroup), match.group()
        if kind not in ("space", "comment"):
            found.append(Token(kind, text, line))
        line += text.count("\n")
    return found


def parameters_used(statement: Sequence[Token]) -> frozenset[str]:
    """Names of the parameters, without ``$``."""
    return frozenset(t.text[1:].strip("`") for t in statement if t.kind == "parameter")


def objection(statement: Sequence[Token]) -> tuple[str, int] | None:
    """Why this is no single statement that only reads, and the line; None when it is one."""
    for index, token in enumerate(statement):
        before = statement[index - 1].text if index else ""
        after = statement[index + 1] if index + 1 < len(statement) else None
        if token.text == ";" and after is not None:
            return "there is more than one statement", token.line
        if before in (".", ":", "|", "&", "!") or (after and after.text in (":", ".")):
            continue  # a property, label or map key, whatever it is called
        if token.keyword in WRITING and after is not None and after.text not in (",", ")", "="):
            return f"{token.keyword} writes or steers; a question only reads", token.line
        if token.keyword == "LOAD" and after is not None and after.keyword == "CSV":
            return "LOAD CSV reads a file; a question only reads the graph", token.line
        if token.keyword == "CALL" and after is not None and after.text not in ("{", "("):
            return f"CALL {after.text} runs a procedure; a question only reads", token.line
    return None


def columns_returned(statement: Sequence[Token]) -> tuple[str, ...]:
    """The column names of the last RETURN outside brackets; ``*`` where it is one."""
    depth, start = 0, None
    for index, token in enumerate(statement):
        depth += (token.text in OPENING) - (token.text in OPENING.values())
        if depth == 0 and token.keyword == "RETURN":
            start = index + 1
    if start is None:
        return ()
    items: list[list[Token]] = [[]]
    for token in statement[start:]:
        depth += (token.text in OPENING) - (token.text in OPENING.values())
        if depth == 0 and (token.keyword in AFTER_RETURN or token.text == ";"):
            break
        if depth == 0 and token.text == ",":
            items.append([])
        elif not (token.keyword == "DISTINCT" and not items[-1]):
            items[-1].append(token)
    return tuple(_column(item) for item in items if item)


def _column(item: Sequence[Token]) -> str:
    if len(item) > 1 and item[-2].keyword == "AS":
        return item[-1].name
    return "".join(t.text for t in item)


def names_used(statement: Sequence[Token]) -> Names:
    """Labels, relationship types and properties of the graph that a statement names.

    Keys of maps that the statement itself makes are no properties, and neither is what is read
    back from them.
    """
    labels: set[str] = set()
    types: set[str] = set()
    properties: set[str] = set()
    own_keys: set[str] = set()
    stack: list[str] = []  # what each open bracket is
    for index, token in enumerate(statement):
        before = statement[index - 1] if index else None
        if token.text in OPENING:
            stack.append(_bracket(statement, index))
        elif token.text in OPENING.values() and stack:
            stack.pop()
        elif token.text == ":":
            within = stack[-1] if stack else ""
            if within == "map" and before:
                own_keys.add(before.name)
            elif within == "properties" and before:
                properties.add(before.name)
            else:
                (types if within == "relationship" else labels).update(_labels(statement, index))
        elif token.text == "." and _is_property(statement, index):
            properties.add(statement[index + 1].name)
    return Names(tuple(sorted(labels)), tuple(sorted(types)), tuple(sorted(properties - own_keys)))


def _bracket(statement: Sequence[Token], index: int) -> str:
    text = statement[index].text
    before = statement[index - 1] if index else None
    after = statement[index + 1] if index + 1 < len(statement) else None
    if text == "[":
        return "relationship" if before and before.text in ("-", "<-") else "list"
    if text == "(":
        return "parenthesis"
    if before and before.keyword in SUBQUERY:
        return "subquery"
    if before and before.text == ")" and _scoped_call(statement, index):
        return "subquery"
    if after and after.kind == "number":
        return "quantifier"
    if after and after.text == ".":
        return "map"  # a projection, `row {.*, key: …}`: its keys are the statement's own
    # `(n {` and `(:Label {` and `[r:TYPE {` hold properties; any other brace makes a map.
    if before and before.kind == "word" and before.keyword not in ("AS", "RETURN", "WITH", "IN"):
        return "properties"
    if before and before.text in ("(", "[") and _pattern(statement, index):
        return "properties"
    return "map"


def _pattern(statement: Sequence[Token], index: int) -> bool:
    """Whether the bracket before a brace opens a pattern, not a function's arguments."""
    opener = statement[index - 2] if index > 1 else None
    return opener is None or opener.text in (",", "-", "<-", "->") or opener.keyword == "MATCH"


def _scoped_call(statement: Sequence[Token], index: int) -> bool:
    """Whether ``{`` at ``index`` belongs to ``CALL (x) {``."""
    depth = 0
    for position in range(index - 1, -1, -1):
        text = statement[position].text
        depth += (text == ")") - (text == "(")
        if depth == 0:
            return position > 0 and statement[position - 1].keyword == "CALL"
    return False


def _labels(statement: Sequence[Token], index: int) -> list[str]:
    """The names in a label expression that starts at a colon: ``:A|B``, ``:A&!B``."""
    found: list[str] = []
    position = index + 1
    while position < len(statement):
        token = statement[position]
        following = statement[position + 1].text if position + 1 < len(statement) else ""
        if token.text in ("|", "&", "!", ":", "(", "%"):
            position += 1
            continue
        # In `[x IN y WHERE x:A | x.b]` the bar ends the expression.
        if token.kind != "word" or (found and following in (".", "(")):
            break
        found.append(token.name)
        position += 1
        if following not in ("|", "&"):
            break
    return found


def _is_property(statement: Sequence[Token], index: int) -> bool:
    if index == 0 or index + 1 >= len(statement) or statement[index + 1].kind != "word":
        return False
    follows = statement[index + 2].text if index + 2 < len(statement) else ""
    owner = statement[index - 1]
    return follows != "(" and (owner.kind in ("word", "parameter") or owner.text in (")", "]", "}"))
