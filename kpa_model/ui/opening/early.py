"""The first kernel, begun before the server: it reads the screens while the server reads Jupyter.

It waits at its door, the standard input, for what a kernel is given: its arguments, its folder, its environment. If
the server never comes, the door closes and it leaves. On Windows, a kernel is given what does not pass this door: none
is begun.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_begun: list[subprocess.Popen[bytes]] = []


def begin() -> None:
    """Begin a kernel that waits, with the environment of the workbook."""
    if os.name == "posix":
        command, nowhere = [sys.executable, "-m", __name__], subprocess.DEVNULL
        begun = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere, start_new_session=True)
        _begun.append(begun)


def given(arguments: Sequence[str], folder: str, environment: Mapping[str, str]) -> subprocess.Popen[bytes] | None:
    """Open the door of the kernel that waits, and return its process; None when there is none, or no longer."""
    if not _begun:
        return None
    process = _begun.pop()
    told = json.dumps({"arguments": [*arguments], "folder": folder, "environment": {**environment}})
    with contextlib.suppress(OSError), process.stdin as door:  # type: ignore[union-attr]  # it was begun with one
        door.write(told.encode())
    return process if process.poll() is None else None


def main() -> None:
    """Read the screens, wait at the door, and be the kernel that was asked."""
    server = os.getppid()
    if Path(sys.path[0]) == Path.cwd():
        del sys.path[0]  # as Jupyter's own launcher does: the kernel puts back the folder of its page
    from ipykernel.kernelapp import IPKernelApp  # imported here: this module is read by the server too
    from ipywidgets import register_comm_target

    from kpa_model.ui.opening import warm  # noqa: F401  what takes time

    if not (told := sys.stdin.buffer.read()):
        return
    asked = json.loads(told)
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    kernel = IPKernelApp.instance(parent_handle=server)  # it leaves when the server is gone, however it went
    kernel.initialize(asked["arguments"])
    register_comm_target(kernel.kernel)  # widgets were imported before there was a kernel to tell
    kernel.start()


if __name__ == "__main__":
    main()
