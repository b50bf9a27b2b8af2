"""Let the tests of the contract import their own tools, wherever pytest is started from."""

import sys
from pathlib import Path

if (root := str(Path(__file__).parents[2])) not in sys.path:
    sys.path.insert(0, root)
