"""What talks to the database: connection, local server, constraints, writer, headline shares.

Knows no publisher and no question. ``connection.connect`` is the way in, ``writer.Writer`` the
only thing that writes facts. Nothing is imported here, so that a command pays only for what it
uses.
"""
