"""One module per family of steps. Adding a file here is enough: whichever is asked for first, all come in one order."""

import importlib
import pkgutil


def read() -> None:
    """Read the modules that are not read yet, by their names."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


read()
