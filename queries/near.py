"""The question that a wrong id most likely means."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """``Did you mean 'x'?`` with the nearest known names, or nothing."""
    from rapidfuzz import process

    near = [match[0] for match in process.extract(name, list(known), limit=3, score_cutoff=65)]
    return f"Did you mean {' or '.join(repr(n) for n in near)}?" if near else ""
