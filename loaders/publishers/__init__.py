"""One publisher's files each: the module named like its publication is the loader, those whose
names begin like it are its parts.
"""
