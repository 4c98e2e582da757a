"""The command ``orepath``: one module a command group, imported only when it is used."""
