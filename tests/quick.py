"""Given to pytest by `demarrer.py tester`: what a library builds for a second at each start, and no test asks."""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # the workbook leaves it out too
