"""Makes the pictures' map of the world: ``python tools/worldmap.py FOLDER``.

FOLDER is that of the package ``world-atlas`` 2.0.2 (Natural Earth 4.1.0 as TopoJSON, in the public
domain), with ``countries-110m.json`` and ``countries-50m.json``. The shapes are those at 1:110
million, in the Equal Earth projection (Šavrič, Patterson and Jenny 2018) about 11° E, where no
country is cut; countries that are too small for that scale are points, the middles of their shapes
at 1:50 million. Antarctica is left out. Lengths are in tenths of a unit, the map is 1,000 wide.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from itertools import accumulate, pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from orepath.ontology.vocabulary import vocabulary

TARGET = Path(__file__).resolve().parents[1] / "report" / "pictures" / "world.csv"
CENTRE = 11.0
LEFT_OUT = ("010",)
UNCODED = {"Kosovo": "XKX"}
"""Areas that Natural Earth draws and ISO 3166-1 has no number for, where we have an id."""
COEFFICIENTS = (1.340264, -0.081106, 0.000893, 0.003796)
LEAST = 0.4
"""Area of a ring, in square units of the map, below which it is left out beside a larger one."""

Ring = list[tuple[float, float]]


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Equal Earth, with radius 1; ``y`` grows to the north."""
    a1, a2, a3, a4 = COEFFICIENTS
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    powers = theta**2, theta**6
    x = 2 * sqrt(3) * radians(longitude - CENTRE) * cos(theta)
    x /= 3 * (9 * a4 * powers[1] * powers[0] + 7 * a3 * powers[1] + 3 * a2 * powers[0] + a1)
    return x, theta * (a1 + a2 * powers[0] + powers[1] * (a3 + a4 * powers[0]))


def shapes(file: Path) -> Iterator[tuple[str | None, str, list[Ring]]]:
    """Number, name and outer and inner rings, in degrees, of each country of a TopoJSON file."""
    topology = json.loads(file.read_text("utf-8"))
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [
        [
            (x * scale[0] + shift[0], y * scale[1] + shift[1])
            for x, y in accumulate(map(tuple, arc), lambda a, b: (a[0] + b[0], a[1] + b[1]))
        ]
        for arc in topology["arcs"]
    ]

    def ring(indexes: list[int]) -> Ring:
        found: Ring = []
        for index in indexes:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            found += arc[1:] if found else arc
        return found[:-1]

    for shape in topology["objects"]["countries"]["geometries"]:
        polygons: list[Any] = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [ring(indexes) for polygon in polygons for indexes in polygon]
        yield shape.get("id"), shape["properties"]["name"], [unwrapped(r) for r in rings]


def unwrapped(ring: Ring) -> Ring:
    """A ring without a leap at 180°, all of it within the map's edges."""
    found = [ring[0]]
    for x, y in ring[1:]:
        turns = round((found[-1][0] - x) / 360)
        found.append((x + 360 * turns, y))
    middle = (min(x for x, _ in found) + max(x for x, _ in found)) / 2
    shift = -360 * round((middle - CENTRE) / 360)
    return [(x + shift, y) for x, y in found]


def area(ring: Ring) -> float:
    """The area of a ring, positive whatever its direction."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]))) / 2


def middle(ring: Ring) -> tuple[float, float]:
    """The centre of gravity of a ring."""
    parts = [
        (x1 * y2 - x2 * y1, x1 + x2, y1 + y2) for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]])
    ]
    whole = sum(cross for cross, _, _ in parts)
    if not whole:
        return ring[0]
    x, y = (sum(p[0] * p[i] for p in parts) / (3 * whole) for i in (1, 2))
    return x, y


def on_map(ring: Ring) -> Ring:
    """A ring in units of the map."""
    half = projected(CENTRE + 180, 0)[0]
    top = projected(0, 84)[1]
    return [
        ((x + half) / (2 * half) * 1000, (top - y) / (2 * half) * 1000)
        for x, y in (projected(*point) for point in ring)
    ]


def written(rings: list[Ring]) -> str:
    """Rings as whole tenths, the first point as it is and the others as steps."""
    told = []
    for ring in rings:
        points = [(round(x * 10), round(y * 10)) for x, y in ring]
        points = [p for i, p in enumerate(points) if p != points[i - 1]]
        if len(points) < 3:
            continue
        steps = [points[0], *((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points))]
        told.append(" ".join(f"{x} {y}" for x, y in steps))
    return ";".join(told)


def rows(folder: Path) -> list[dict[str, str]]:
    """The lines of the file, by id and name."""
    economies = vocabulary().individuals["economy"]
    ids = {str(e["numeric"]): key for key, e in economies.items() if e.get("numeric")}
    found: dict[str, dict[str, str]] = {}
    for scale in ("110m", "50m"):
        for number, name, rings in shapes(folder / f"countries-{scale}.json"):
            identifier = ids.get(number or "") or UNCODED.get(name, "")
            key = identifier or name
            if number in LEFT_OUT or key in found or (scale == "50m" and not identifier):
                continue
            parts = sorted((on_map(r) for r in rings), key=area, reverse=True)
            x, y = middle(parts[0])
            kept = [p for i, p in enumerate(parts) if i == 0 or area(p) >= LEAST]
            found[key] = {
                "id": identifier,
                "name": name,
                "x": f"{x:.1f}",
                "y": f"{y:.1f}",
                "rings": written(kept) if scale == "110m" else "",
            }
    return sorted(found.values(), key=lambda row: (row["id"], row["name"]))


def main() -> None:
    """Write the file anew."""
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ("id", "name", "x", "y", "rings"), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
