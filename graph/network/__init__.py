"""What is computed from the facts: which evidence leads, headline shares, the dependency network.

``leading`` has the one rule by which evidence is preferred, ``headline`` makes shares of the
evidence that leads, ``facts`` reads what the network rests on, ``build`` makes its relationships
by the balance of ``sourcing``, ``needs`` says which products technologies need, and ``store``
brings the graph in step. ``graph/derive.py`` runs them.
"""
