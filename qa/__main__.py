"""`python -m qa`: the same as the console script `budgetqa`."""

import sys

from qa.cli import main

if __name__ == "__main__":
    sys.exit(main())
