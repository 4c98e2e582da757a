"""Tables of facts: one table a class of the ontology, each row with the document it comes from.

``loader`` reads a folder of them, ``sets`` knows those that come with the package, ``tables`` which
columns a class has, ``rows`` what a row states, ``cells`` what a cell says; ``figures`` is the
simple layout for a user's own figures.
"""
