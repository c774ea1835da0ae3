"""Run the command line as ``python -m bialign``."""

import sys

from bialign.cli import main

if __name__ == "__main__":
    sys.exit(main())
