"""Composing a brief: which questions are asked, and what of their answers is told where.

What is asked stands in ``brief.yaml``. Nothing is computed that the questions do not compute; rows
are chosen, counted and written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import metadata

from ...graph.connection import Graph
from ...ontology.schema import load_schema
from ...queries.excerpt import cut
from ...queries.finding import listed
from ...queries.names import names_of
from ...queries.paste import table_statement
from ...queries.run import UNREAD, WEAK, Answer, doubts, not_verified
from ..command import command_line
from ..pictures import draw
from ..pictures.frame import unframed
from .asker import Asker
from .declaration import Declaration, Passage, Saying, Section, declaration
from .model import Asked, Brief, Figure, Part, Source, Table
from .prose import Kept, Numbers, Row, Teller, groups, kept, sentences
from .subject import KINDS, MARKET, arguments, command, fits, leading_country, named

NARROW = 420.0
"""Units across a picture for a telephone."""


def brief(
    graph: Graph,
    *,
    sector: str | None = None,
    country: str | None = None,
    material: str | None = None,
    importer: str | None = None,
    as_of: str | None = None,
    timeout: float | None = None,
) -> Brief:
    """A brief on a sector, a country, a material, a market, or several of them together.

    Names are taken as people write them; without a country that is looked at on which the others
    depend most, without an importer the European Union. ``as_of`` is an ISO day, ``timeout`` in
    seconds a question. Raises ``OrepathError`` for a name that means nothing or too much, where
    no subject is given, and what the database says.
    """
    given = {"sector": sector, "country": country, "material": material, "importer": importer}
    asked_for = named(graph, given)
    declared = declaration()
    asker = Asker(graph, as_of, timeout)
    words = {"importer": MARKET} | asked_for
    if asked_for.keys() == {"importer"}:
        words["market"] = words["importer"]
    if "country" not in words:
        found = leading_country(words, declared.country, asker)
        words |= {"country": found} if found is not None else {}
    if "sector" in words and "material" in words and "country" in words:
        asked = {w: words[w] for w in ("sector", "country", "material", "importer")}
        if not asker("stage-ladder", asked | {"threshold": "0"}).rows:
            words["unneeded"] = words.pop("sector")
    if "country" in words:
        words["country_id"] = names_of(graph, "country").match(words["country"]).id
    fitting = [p for p in _passages(declared) if _fits(p, words)]
    asker.all([(p.question, arguments(p.given, words)) for p in fitting])
    options = dict(asked_for) | ({"as_of": as_of} if as_of is not None else {})
    return _Composer(declared, words, asker).brief(command("orepath brief", options))


@dataclass(frozen=True, slots=True)
class Told:
    """A passage with its whole answer, the rows that it speaks of, and what it says of them."""

    passage: Passage
    answer: Answer
    rows: tuple[Row, ...]
    text: str

    @property
    def tells(self) -> bool:
        """Whether anything of it is read in the brief, beside what other passages take of it."""
        passage = self.passage
        return bool(self.text or passage.table or passage.picture or passage.lead)


class _Composer:
    """Puts the answers together; texts are made in the order in which they are read, which is
    that of the sources' numbers."""

    def __init__(self, declared: Declaration, words: Mapping[str, str], asker: Asker) -> None:
        self.declared = declared
        self.words = words
        self.asker = asker
        self.numbers = Numbers(declared.called)
        spoken = {w: declared.sectors.get(words[w]) for w in ("sector", "unneeded") if w in words}
        self.teller = Teller(words, {w: text for w, text in spoken.items() if text})
        self.kept: dict[str, Kept] = {}
        self.title = self._title()
        self.told = {s.id: self._told(s.passages) for s in declared.parts}

    def brief(self, line: str) -> Brief:
        """The whole brief, which ``line`` makes."""
        every = [one for section in self.declared.parts for one in self.told[section.id]]
        leads = [self.teller.told(o.answer, o.rows, o.passage.lead) for o in every if o.rows]
        lead = self.numbers.text(sentences([t for t in leads if t][: self.declared.lead]))
        parts = [part for s in self.declared.parts if (part := self._part(s)) is not None]
        known = {s.id: s for one in every for s in one.answer.sources}
        sources = tuple(Source(n, known[i]) for i, n in self.numbers.ids.items())
        days = [day for one in every if (day := one.answer.names.get("as_of"))]
        return Brief(
            self.title,
            lead,
            {kind: text for kind in KINDS if (text := self._word(kind)) is not None},
            tuple(self._doubting(part, sources) for part in parts),
            sources,
            line,
            days[0] if days else None,
            metadata.version("orepath"),
            load_schema().version,
            self._editions(),
        )

    def _word(self, kind: str) -> str | None:
        return self.words.get(kind) or (self.words.get("unneeded") if kind == "sector" else None)

    def _answer(self, passage: Passage) -> Answer:
        return self.asker(passage.question, arguments(passage.given, self.words))

    def _told(self, passages: Iterable[Passage]) -> list[Told]:
        found = []
        for passage in passages:
            if _fits(passage, self.words):
                answer = self._answer(passage)
                rows = kept(answer, passage, self.words, self.kept)
                self.kept[passage.id or passage.question] = Kept(answer, rows)
                found.append(Told(passage, answer, rows, self._text(passage, answer, rows)))
        return found

    def _text(self, passage: Passage, answer: Answer, rows: tuple[Row, ...]) -> str:
        """What is said, as one or more sentences; empty for a passage that only shows."""
        if not rows and passage.quiet:
            return ""
        if not answer.rows:
            told = (self.teller.filled(text) for text in passage.nothing)
            return next(filter(None, told), answer.finding)
        if passage.silent:
            return ""
        if not rows:
            return self.teller.filled(passage.none)
        some = [rows]
        if passage.per is not None:
            some = groups(answer, rows, passage.per)[: passage.most]
        if passage.say:
            return sentences(self.teller.told(answer, few, passage.say) for few in some)
        return sentences(self.teller.finding(answer, few) for few in some)

    def _title(self) -> str:
        """The first title that the data bear out, else the first that says what they lack."""
        told = [(one.answer.rows, one.text) for one in self._told(self.declared.title) if one.text]
        titles = [text for rows, text in told if rows] or [text for _, text in told]
        # The title cites nothing: the sentences below it say the same with their sources.
        return self.numbers.uncited(titles[0]).removesuffix(".") if titles else ""

    def _part(self, section: Section) -> Part | None:
        """A section; ``None`` where nothing of it fits the subject."""
        passages = self.told[section.id]
        texts = [self.numbers.text(one.text) for one in passages]
        points = [self.numbers.text(self.teller.filled(text)) for text in section.points]
        figures = tuple(f for one in passages if (f := self._figure(one)) is not None)
        tables = tuple(t for one in passages if (t := self._table(one)) is not None)
        if not (any(texts) or any(points) or figures or tables or section.doubts):
            return None
        return Part(
            section.id,
            self._heading(section),
            tuple(dict.fromkeys(t for t in texts if t)),
            tuple(p for p in points if p),
            figures,
            tables,
            tuple({a.command: a for a in (asked_of(one.answer) for one in passages)}.values()),
            section.aside,
        )

    def _heading(self, section: Section) -> str:
        return self.numbers.text(self.teller.filled(section.heading))

    def _table(self, one: Told) -> Table | None:
        made = self.teller.table(one.answer, one.rows, one.passage)
        if made is None:
            return None
        rows = tuple(tuple(self.numbers.cell(cell) for cell in row) for row in made.rows)
        heads = tuple(self.numbers.text(head) for head in made.columns)
        return Table(self.numbers.text(made.caption), heads, made.numeric, rows)

    def _figure(self, one: Told) -> Figure | None:
        passage, answer = one.passage, one.answer
        if passage.drawn is not None:
            answer = replace(answer, rows=one.rows)
        if passage.picture is None or not answer.rows:
            return None
        shown = cut(answer, passage.drawn)
        with unframed():
            wide = draw(shown, passage.picture)
            narrow = draw(shown, passage.picture, width=NARROW)
        # Of a whole answer the rows that were chosen say whose figures they are.
        cited = shown.rows if passage.drawn is not None else one.rows or shown.rows
        caption = self.teller.told(shown, cited, [Saying(text=passage.caption)])
        if (more := len(answer.rows) - len(shown.rows)) > 0:
            caption = f"{caption} The first {len(shown.rows)} of {len(shown.rows) + more:,}."
        return Figure(
            passage.picture,
            wide,
            narrow,
            self.numbers.text(caption),
            self.numbers.uncited(self.teller.finding(answer, answer.rows)),
        )

    def _doubting(self, part: Part, sources: Sequence[Source]) -> Part:
        """A part with what makes the answers unsure, where that is declared to stand in it."""
        if not next(s for s in self.declared.parts if s.id == part.id).doubts:
            return part
        unread: dict[str, list[str]] = {}
        points = list(part.points)
        for section in self.declared.parts:
            heading = self._heading(section)
            for one in self.told[section.id]:
                if not one.tells:
                    continue
                # Rows that the brief does not speak of make nothing in it unsure.
                asked, rows = one.answer.question, one.rows or one.answer.rows
                if some := not_verified(asked, rows):
                    unread.setdefault(heading, []).append(f"{some} of {len(rows):,}")
                every = doubts(asked, one.answer.rows, one.answer.sources)
                told = [w for w in one.answer.warnings if w not in every]
                told += doubts(asked, rows, one.answer.sources)
                points += [
                    f"{heading}: {w[:1].lower()}{w[1:]}" for w in told if not w.startswith(UNREAD)
                ]
        if unread:
            parts = [f"{h} ({listed(list(dict.fromkeys(n)))} rows)" for h, n in unread.items()]
            points.append(
                "Some statements were not read in the document that they are credited to: "
                f"{'; '.join(parts)}."
            )
        if weak := [str(s.number) for s in sources if s.citation.grade in WEAK]:
            points.append(f"Of grade C or D, the press or less: [{', '.join(weak)}].")
        return replace(part, points=tuple(dict.fromkeys(points)))

    def _editions(self) -> tuple[str, ...]:
        held = self.asker("sources", {})
        return tuple(sorted(str(row["source"]) for row in held.records()))


def _passages(declared: Declaration) -> list[Passage]:
    return [*declared.title, *(p for part in declared.parts for p in part.passages)]


def _fits(passage: Passage, words: Mapping[str, str]) -> bool:
    called = all(words.get(word) == name for word, name in passage.only.items())
    barred = any(words.get(word) == name for word, name in passage.besides.items())
    return called and not barred and fits(words, passage.needs, passage.without)


def asked_of(answer: Answer) -> Asked:
    """An answer with its command line and its statement."""
    return Asked(answer, command_line(answer), table_statement(answer.question, answer.parameters))
