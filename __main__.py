"""``python -m orepath`` is the command ``orepath``."""

from .cli.main import main

if __name__ == "__main__":
    main()
