"""Makes the font of the pictures: ``python -m orepath.tools.font REGULAR BOLD``.

Takes two files of Inter (https://github.com/rsms/inter, SIL Open Font License 1.1), keeps the
letters that names and notes are written in, and writes the pair and a table of advance widths
into ``report/pictures/font``. Ligatures are left out: Inter would draw ``->`` as an arrow.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parents[1] / "report" / "pictures" / "font"
KEPT = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x180, 0x24F), (0x2B0, 0x2FF), (0x370, 0x3FF), (0x400, 0x4FF),
    (0x1E00, 0x1EFF), (0x2010, 0x205E), (0x2070, 0x209F), (0x20A0, 0x20CF), (0x2100, 0x214F),
    (0x2150, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF),
)  # fmt: skip
"""Latin with its extensions, Greek, Cyrillic, punctuation, currencies, arrows, mathematics and
geometric shapes, as ranges of code points, both ends included."""
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"]
UNITS = 1000
"""Units of the em in which widths are written down."""


def subset(path: Path, target: Path) -> dict[int, int]:
    """Write the subset of one font, without a date, and return its advances by code point."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[c for low, high in KEPT for c in range(low, high + 1)])
    subsetter.subset(font)
    font.save(target)
    metrics, em = font["hmtx"], font["head"].unitsPerEm
    return {c: round(metrics[name][0] * UNITS / em) for c, name in font.getBestCmap().items()}


def main() -> None:
    """Write both fonts and the widths of their letters."""
    regular, bold = (
        subset(Path(path), FOLDER / name)
        for path, name in zip(sys.argv[1:3], ("regular.otf", "bold.otf"), strict=True)
    )
    with (FOLDER / "advances.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code_point", "regular", "bold"])
        writer.writerows([f"{c:04X}", regular[c], bold[c]] for c in sorted(regular.keys() & bold))


if __name__ == "__main__":
    main()
