"""A subgraph as the path picture draws it: industries folded into lines, shares told once.

An industry is a country's making of a product. Where nothing else hangs on it, it is a line from
the country to the product, with the share; where industries feed one another or supply several
markets, it is a box that names both. Pure: no place and no letter size is known here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ...graph.subgraph import Node, Relationship, Subgraph
from .boxes import Drawn, Folded, Share, Tie
from .layers import MARKET, SUPPLIED, band, forwards, stage

TIES = frozenset({"AT_STAGE", "FORM_OF", "PART_OF", "KIND_OF", "MEMBER_OF"})
"""What classifies a product or a country, and is no step on its way."""
FOLDED = frozenset({"HAS", "MAKES"})


def folded(subgraph: Subgraph, asked: Iterable[str] = ()) -> Folded:
    """Fold a subgraph; ``asked`` are ids of economies to emphasise (``economy/CHN``)."""
    return _Folding(subgraph, frozenset(asked)).result()


class _Folding:
    def __init__(self, subgraph: Subgraph, asked: frozenset[str]) -> None:
        # Lines of the customs' tariff are evidence for a product, not a step of its chain.
        self.nodes = {n.id: n for n in subgraph.nodes if "TradeCode" not in n.labels}
        self.by_type: dict[str, list[Relationship]] = defaultdict(list)
        for tie in subgraph.relationships:
            if tie.start in self.nodes and tie.end in self.nodes:
                self.by_type[tie.type].append(tie)
        self.maker = {r.end: r.start for r in self.by_type["HAS"]}
        self.making = {r.start: r for r in self.by_type["MAKES"]}
        self.supplies: dict[str, dict[str, Relationship]] = defaultdict(dict)
        for r in self._supplying():
            self.supplies[r.start][r.end] = r
        self.markets = sorted({m for found in self.supplies.values() for m in found})
        self.boxed = self._boxed()
        self.asked = asked

    def _supplying(self) -> list[Relationship]:
        """Reconciled shares; where a market has none of a product, the observed ones: both in one
        picture would be added up."""
        known = {(self._product(r.start), r.end) for r in self.by_type["SUPPLIES_MARKET"]}
        return self.by_type["SUPPLIES_MARKET"] + [
            r for r in self.by_type["SUPPLIES"] if (self._product(r.start), r.end) not in known
        ]

    def _product(self, industry: str) -> str:
        """The product that an industry makes: its id is made of its economy's and the product's."""
        return industry.partition(":")[2]

    def _boxed(self) -> frozenset[str]:
        """All industries where one feeds another or supplies two markets, else those of which
        country or product is not here."""
        industries = {n.id for n in self.nodes.values() if "Industry" in n.labels}
        several = any(len(self.supplies[i]) > 1 for i in sorted(industries))
        if self.by_type["FEEDS"] or several:
            return frozenset(industries)
        return frozenset(i for i in industries if i not in self.maker or i not in self.making)

    def result(self) -> Folded:
        folded = [i for i in self.maker if i in self.making and i not in self.boxed]
        goes_on = {r.start for r in self.by_type["INPUT_TO"]}
        goes_on |= {r.end for r in self.by_type["NEEDS"]}
        products = {self.making[i].end for i in folded}
        # A market that all is for is told with the share; drawn, it would stand beside what the
        # products go into.
        told = self.markets[0] if len(self.markets) == 1 and products & goes_on else None
        # Shares of two things are not drawn side by side on lines to one product.
        had = {self.making[i].end for i in folded if self.supplies[i]} if told is None else set()
        known = {self.making[i].end for i in folded if self._figure(i)}
        drawn = [
            i
            for i in folded
            if (self.supplies[i] or self.making[i].end not in had)
            and (self._figure(i) or self.making[i].end not in known)
        ]
        makers = {self.maker[i] for i in drawn}
        one = next(iter(makers)) if len(makers) == 1 and not self.boxed else None
        ties = {t.id: t for t in [*self._others(), *self._needs(), *self._boxes()]}
        bases: dict[str, None] = {}
        made = [self._making(i, one, told, bases) for i in sorted(drawn)]
        if one:
            made = _on_the_way(ties, made)
        ties |= {t.id: t for t in made}
        if told is None:
            for industry in sorted(drawn):
                product = self.making[industry].end
                for market, r in sorted(self.supplies[industry].items()):
                    name = f"{product} {r.type} {market}"
                    ties[name] = Tie(name, r.type, product, _market(market), "in")
        return Folded(
            self._drawn(ties.values()),
            tuple(ties[name] for name in sorted(ties)),
            self.nodes[one].name if one else None,
            self.nodes[told].name if told else None,
            tuple(sorted(bases)),
            len(folded) - len(drawn),
        )

    def _making(
        self, industry: str, one: str | None, told: str | None, bases: dict[str, None]
    ) -> Tie:
        """An industry as a line from its country to its product."""
        made, country = self.making[industry], self.maker[industry]
        world = _share(made)
        had = next((_share(r) for r in self.supplies[industry].values()), Share(None))
        text = self._told(world, had, told, bases)
        first, second = (had, world) if told is None and had.told() else (world, had)
        return Tie(
            made.id,
            made.type,
            country,
            made.end,
            industry,
            text,
            (first.size or second.size) if text else None,
            emphasised=country in self.asked or country == one,
        )

    def _figure(self, industry: str) -> bool:
        return any(
            _share(r).told() for r in [self.making[industry], *self.supplies[industry].values()]
        )

    def _told(self, world: Share, had: Share, told: str | None, bases: dict[str, None]) -> str:
        market = self.nodes[self.markets[0]] if self.markets else None
        if market is None or not had.told():
            if world.told():
                bases["world"] = None
            return world.told()
        bases["market"] = None
        if told is None:
            return had.told()
        if not world.told():
            return f"{had.told()} of {short(market)}’s"
        bases["world"] = None
        return f"{world.told()}, {short(market)} {had.told()}"

    def _boxes(self) -> list[Tie]:
        found = []
        for r in self.by_type["FEEDS"]:
            share = _share(r)
            found.append(Tie(r.id, r.type, r.start, r.end, r.start, share.told(), share.size,
                             emphasised=self.maker.get(r.start) in self.asked))  # fmt: skip
        for industry in sorted(self.boxed):
            for market, r in sorted(self.supplies[industry].items()):
                share = _share(r)
                found.append(Tie(r.id, r.type, industry, _market(market), industry, share.told(),
                                 share.size,
                                 emphasised=self.maker.get(industry) in self.asked))  # fmt: skip
        return found

    def _others(self) -> list[Tie]:
        """Lines that stand for a relationship as it is."""
        beside = set(SUPPLIED) | FOLDED | {"FEEDS", "NEEDS", "AT_STAGE"}
        busy = {
            end
            for name, found in self.by_type.items()
            if name not in beside | TIES
            for r in found
            for end in (r.start, r.end)
        }
        found: list[Tie] = []
        for name, relationships in sorted(self.by_type.items()):
            if name in beside:
                continue
            for r in relationships:
                start, end = forwards(name, r.start, r.end)
                materials = [x for x in (start, end) if "Material" in self.nodes[x].labels]
                if name in TIES and (not materials or not set(materials) <= busy):
                    continue
                share = _share(r)
                found.extend(
                    Tie(f"{r.id} {to}" if to != end else r.id, name, start, to,
                        "in" if not share.told() else r.id, share.told(), share.size or None)
                    for to in self._members(name, end)
                )  # fmt: skip
        return found

    def _members(self, name: str, end: str) -> list[str]:
        """Of a bloc that is party to an agreement those of its members that make something: they
        stand in its column, so that no line could lead from it to them."""
        if name != "PARTY" or end in self.maker.values():
            return [end]
        makers = {*self.maker.values()}
        members = {r.start for r in self.by_type["MEMBER_OF"] if r.end == end} & makers
        return sorted(members) or [end]

    def _needs(self) -> list[Tie]:
        """The lines from products to technologies, each from the form that enters, where that is
        in the picture; else from the last product before it: what that is made of is on its way.
        """
        into: dict[str, list[str]] = defaultdict(list)
        for r in self.by_type["INPUT_TO"]:
            into[r.start].append(r.end)
        needed: dict[str, dict[str, Relationship]] = defaultdict(dict)
        for r in self.by_type["NEEDS"]:
            needed[r.start][r.end] = r
        found = []
        for technology, products in sorted(needed.items()):
            for product, r in sorted(products.items()):
                behind = _behind(product, into)
                forms = r.properties.get("forms")
                enters = (
                    {f"product/{form}" for form in forms} if isinstance(forms, tuple) else set()
                )
                firm = r.properties.get("essential") is not False
                last = sorted(enters & (behind | {product}))
                if not last and behind & products.keys():
                    continue
                found += [
                    Tie(f"{end} {r.type} {technology}", r.type, end, technology,
                        "essential" if firm else "optional", firm=firm)
                    for end in last or [product]
                ]  # fmt: skip
        # Of two products that enter in one form the one that is essential counts.
        return sorted(found, key=lambda t: t.firm)

    def _drawn(self, ties: Iterable[Tie]) -> tuple[Drawn, ...]:
        ends = {end for t in ties for end in (t.start, t.end)}
        return tuple(
            self._box(end, self.nodes[end.removeprefix(_market(""))]) for end in sorted(ends)
        )

    def _box(self, identifier: str, node: Node) -> Drawn:
        if identifier.startswith(_market("")):
            return Drawn(identifier, node.name, node.labels, MARKET)
        if "Industry" in node.labels:
            country, _, product = node.name.partition(": ")
            world = _share(self.making[node.id]).told() if node.id in self.making else ""
            own = f"{country}: {world} of the world’s" if world else country
            product = product or node.name
            made = self.nodes.get(self.making[node.id].end) if node.id in self.making else None
            return Drawn(identifier, product, node.labels, band(node.labels), (own,),
                         stage(made) if made else None,
                         self.maker.get(node.id) in self.asked, country)  # fmt: skip
        return Drawn(identifier, node.name, node.labels, band(node.labels), (), stage(node),
                     node.id in self.asked)  # fmt: skip


def _on_the_way(ties: dict[str, Tie], made: Sequence[Tie]) -> list[Tie]:
    """Of one country's lines those to products that no other of its products leads to; the shares
    of the rest are told on the lines over which they are reached, which ``ties`` then hold."""
    into: dict[str, list[str]] = defaultdict(list)
    for tie in ties.values():
        if tie.type == "INPUT_TO":
            into[tie.start].append(tie.end)
    reached = set().union(*(_behind(t.end, into) for t in made)) if made else set()
    own = [t for t in made if t.end not in reached or not t.told]
    reached = {t.end for t in own}.union(*(_behind(t.end, into) for t in own))
    for share in made:
        if share in own:
            continue
        for name, tie in list(ties.items()):
            if tie.type == "INPUT_TO" and tie.end == share.end and tie.start in reached:
                ties[name] = replace(
                    tie, port=share.port, told=share.told, size=share.size, emphasised=True
                )
    return own


def short(node: Node) -> str:
    """``EU`` for the European Union, ``US`` for a country where it has such a name."""
    known = node.properties.get("alt_names")
    names = [n for n in known if isinstance(n, str)] if isinstance(known, tuple) else []
    short = [n for n in names if n.isupper() and len(n) <= 3]
    alpha = node.properties.get("alpha2")
    return min(short, key=len) if short else str(alpha) if alpha else node.name


def _market(identifier: str) -> str:
    """A market is another box than the same economy as a maker."""
    return f"market of {identifier}"


def _behind(start: str, into: Mapping[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for end in into.get(waiting.pop(), []):
            if end not in found and end != start:
                found.add(end)
                waiting.append(end)
    return found


def _share(relationship: Relationship) -> Share:
    value, low, high = (
        float(x) if isinstance(x := relationship.properties.get(name), (int, float)) else None
        for name in ("share", "share_low", "share_high")
    )
    return Share(value, low, high)
