"""The ontology and what is made of it: the Turtle, its compiled schema, validation, RDF, SHACL.

Touches no database. ``schema.load_schema`` is the way in; ``facts.Fact`` is what travels.
"""
