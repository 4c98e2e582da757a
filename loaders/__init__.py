"""Publishers' files, tables of facts and the bundled snapshot become facts.

``publishers`` reads what publishers publish, ``facts`` folders of tables in the ontology's terms,
``table`` a user's own figures. ``protocol`` says what a loader is, ``load`` runs one from
beginning to end, ``bundle`` is the snapshot; the other modules are what loaders share.
"""
