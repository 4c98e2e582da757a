"""Workbooks made in the layouts of the IEA's demand sheets, with figures that are made up.

Each edition has its own years, its own columns between the scenarios, and its own words for the
scenarios, the technologies together and the sheets (2022 to 2050 in steps of five, three scenarios,
since 2023; other scenarios and *energy* for *clean* technologies in 2026).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Grid = list[list[Any]]
Sheets = dict[str, Grid]


@dataclass(frozen=True)
class Edition:
    """What differs between the editions."""

    year: int
    years: tuple[int, ...]
    scenarios: tuple[str, ...]
    technologies: str = "clean technologies"
    sheet: str = "Cleantech"

    @property
    def long(self) -> str:
        """All technologies together, as titles have it."""
        return "clean energy technologies" if "clean" in self.technologies else self.technologies


POLICIES = ("Stated Policies scenario", "Announced Pledges scenario",
            "Net Zero Emissions by 2050 scenario")  # fmt: skip
EDITIONS = {
    "2023": Edition(2023, (2025, 2030, 2035, 2040, 2045, 2050), POLICIES),
    "2024": Edition(2024, (2030, 2035, 2040, 2045, 2050), POLICIES),
    "2025": Edition(2025, (2030, 2035, 2040, 2045, 2050), POLICIES),
    "2026": Edition(2026, (2030, 2035, 2040, 2045, 2050),
                    ("Current Policies scenario", "Stated Policies scenario",
                     "High Demand scenario"), "energy technologies", "Energy"),
}  # fmt: skip
MADE = {"Electric vehicles": 80.0, "Grid battery storage": 10.0, "Other uses": 60.0}
"""Lithium of the base year, in kt; each step adds a quarter of it, each scenario a tenth."""


def figure(base: float, scenario: int, step: int) -> float:
    """The made-up figure of a scenario (0 to 2) and a step (0 is the base year)."""
    return round(base * (1 + 0.25 * step) * (1 + 0.1 * scenario if step else 1), 6)


def table(edition: Edition, title: str, blocks: list[tuple[str, dict[str, float]]]) -> Grid:
    """A sheet: title, scenarios, years, and below a heading the lines with their base figure."""
    scenarios: list[Any] = ["", ""]
    years: list[Any] = ["", edition.year - 1]
    for scenario in edition.scenarios:
        scenarios += ["", scenario, *[""] * (len(edition.years) - 1)]
        years += ["", *edition.years]
    grid: Grid = [[], [title], [], scenarios, years, []]
    for heading, lines in blocks:
        grid += [[heading]] if heading else []
        for label, base in lines.items():
            row: list[Any] = [label, base]
            for at in range(len(edition.scenarios)):
                row += ["", *(figure(base, at, n) for n in range(1, len(edition.years) + 1))]
            grid.append(row)
        grid += [[], []]
    return grid


def sheets(edition: Edition) -> Sheets:
    """The sheets of an edition: lithium and its uses, and what they repeat of it."""
    clean = f"Total {edition.technologies}"
    uses = dict(list(MADE.items())[:2])
    together, demand = sum(uses.values()), sum(MADE.values())
    other = {"Other uses": MADE["Other uses"], "Total demand": demand}
    base = {"Copper": 30.0, "Lithium": uses["Electric vehicles"]}
    high = {"Copper": 33.0, "Lithium": 70.0}
    return {
        "1 Total demand for key minerals": table(
            edition, "Demand for key energy transition minerals (kt)",
            [("Lithium", {**uses, clean: together, **other,
                          f"Share of {edition.technologies} in total demand": 0.5})],
        ),
        f"3.1 {edition.sheet} demand by tech": table(
            edition, f"Mineral demand for {edition.long} - by mineral and sector (kt)",
            [("Lithium", {**uses, "Total Lithium": together}),
             ("PGMs", {"Hydrogen technologies": 0.001, "Total PGMs": 0.001})],
        ),
        f"3.2 {edition.sheet} demand by mineral": table(
            edition, f"Mineral demand for {edition.long} - by mineral (kt)",
            [("", {"Lithium": together, "PGMs (other than iridum)": 0.001, "Neodymium": 4.0,
                   "Terbium": 1.0, "Total rare earth elements": 5.0,
                   "Total": together + 5.001})],
        ),
        "4.3 EV": table(
            edition, "Mineral demand for electric vehicles (kt)",
            [("Base case", {**base, "Total EV": sum(base.values())}),
             ("High material prices", {**high, "Total EV": sum(high.values())})],
        ),
    }  # fmt: skip


def write(path: Path, pages: Sheets, notice: str) -> Path:
    """The sheets as a workbook with a notice that names the edition."""
    book = Workbook(write_only=True)
    book.create_sheet("Cover")
    for name, grid in pages.items():
        sheet = book.create_sheet(name)
        for row in grid:
            sheet.append([None if cell == "" else cell for cell in row])
    book.create_sheet("Notice").append([None, notice])
    book.save(path)
    return path


def made(folder: Path, name: str) -> Path:
    """The workbook of an edition."""
    edition = EDITIONS[name]
    return write(
        folder / f"explorer_{name}.xlsx", sheets(edition), f"cite as: IEA ({name}), Explorer"
    )
