"""Publishers' files and the bundled snapshot become facts.

``publishers`` reads what publishers publish, ``curated`` facts that were gathered from documents,
``table`` a user's own figures. ``protocol`` says what a loader is, ``load`` runs one from
beginning to end, ``bundle`` is the snapshot; the other modules are what loaders share.
"""
