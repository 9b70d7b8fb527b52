"""`python -m benchmarks` runs every benchmark."""

import sys

from benchmarks.run import main

sys.exit(min(main(), 1))
