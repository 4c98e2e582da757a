"""Orepath from Python: ``orepath.connect()`` gives what is asked and what it answers with.

The command line is built on the same objects; nothing here knows a terminal.
"""

from .answer import Answer, Frame
from .drawing import Brief, Drawing, Picture
from .session import Orepath, connect

__all__ = ["Answer", "Brief", "Drawing", "Frame", "Orepath", "Picture", "connect"]
