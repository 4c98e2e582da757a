"""Writers of files: one pure module a format, text out, without a clock and without a database.

``table`` takes rows; ``graph_json``, ``graphml`` and ``rdf`` take a ``Subgraph``. They are imported
by name, so that a format's library is loaded only when that format is asked for.
"""
