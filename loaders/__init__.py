"""Publishers' files and the bundled snapshot become facts: one module a source.

``protocol`` says what a loader is, ``load`` runs one from beginning to end.
"""
