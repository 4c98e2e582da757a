"""Orepath: a knowledge graph of the critical raw materials landscape.

The repository's root is this package; see ``docs/architecture.md`` for what lives where.
"""
