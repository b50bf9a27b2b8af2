"""The kernels of pages: one for each open page, and one warm spare for the next.

A spare has the screens imported and the book looked at read: it ran no page. The page that takes it compares the files
with what is on the disk at that moment, and reads again those that changed. A kernel that a page leaves, and the next
spare, wait until the page that opens is there: two cores are few.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import subprocess
from collections.abc import Coroutine
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from jupyter_server.utils import ApiPath
from traitlets import Float, Unicode

WARM = "__import__('kpa_model.ui.opening.warm')"
PATIENCE = 60
_SILENT: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}  # stopped while it starts
log = logging.getLogger("kpa_model")


class KernelWire(KernelWebsocketHandler):
    """What joins a page and its kernel: small messages leave at once.

    By default the system keeps a small message until the one before is acknowledged, and that takes forty milliseconds:
    each gesture answered in several messages would wait as long.
    """

    async def open(self, kernel_id: str) -> None:  # type: ignore[override]  # as Jupyter's own
        """Open the wire."""
        self.set_nodelay(True)
        await super().open(kernel_id)


class PageKernels(AsyncMappingKernelManager):
    """Jupyter's kernels, and a warm spare."""

    pages = Unicode("", config=True, help="Folder of the pages, where a spare starts.")
    place = Unicode("", config=True, help="Where that folder is on this machine.")
    rest = Float(1.5, config=True, help="Seconds left to a page before something else starts or stops.")
    look = Float(0.5, config=True, help="Seconds between two looks at a kernel that is warming.")

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self._spare: tuple[str, Any] | None = None
        self._filling: asyncio.Task[None] | None = None
        self._starting: asyncio.Task[str] | None = None
        self._closing = False

    def __bool__(self) -> bool:
        """Jupyter stops its kernels only « if » it has a manager; an empty one is still one: a spare may start."""
        return True

    def cwd_for_path(self, path: str, **named: Any) -> str:
        """Return where a kernel starts: beside the page, or in the person's own folder."""
        return self.place if path == self.pages and self.place else str(super().cwd_for_path(path, **named))

    async def take(self, path: str) -> tuple[str, Any]:
        """Return a kernel and its wire: the spare when it serves this folder, a new one otherwise (no wire)."""
        if self._filling is not None and not self._filling.done():
            await asyncio.wait({self._filling})
        spare, self._spare = self._spare, None
        if spare and path == self.pages and await ensure_async(self.get_kernel(spare[0]).is_alive()):
            return spare
        if spare:
            await self.drop(*spare)
        return await self.start_kernel(path=ApiPath(path)), None

    def fill(self) -> None:
        """Begin to warm a spare, unless there is one."""
        if not self._closing and self._spare is None and (self._filling is None or self._filling.done()):
            self._filling = asyncio.ensure_future(self._warm())

    def fill_later(self) -> None:
        """Warm a spare once the page that opens is there."""
        asyncio.get_running_loop().call_later(self.rest, self.fill)

    def leave(self, kernel_id: str) -> None:
        """Stop the kernel of a page that was left, once the page that opens is there."""
        asyncio.get_running_loop().call_later(self.rest, lambda: asyncio.ensure_future(self._stop(kernel_id)))

    async def _stop(self, kernel_id: str) -> None:
        if kernel_id in self:
            with contextlib.suppress(Exception):  # it may have died meanwhile, or the server may be stopping
                await self.shutdown_kernel(kernel_id)

    async def _warm(self) -> None:
        """Start a kernel, import the screens there, and keep it with the wire that talks to it."""
        kernel_id = ""
        try:
            self._starting = asyncio.ensure_future(self.start_kernel(path=ApiPath(self.pages), **_SILENT))
            kernel_id = await asyncio.shield(self._starting)
            wire: Any = self.get_kernel(kernel_id).client()
            wire.allow_stdin = False
            wire.start_channels()
            await self._while_alive(kernel_id, wire.wait_for_ready(timeout=PATIENCE))
            warming = wire.execute_interactive(WARM, silent=True, store_history=False, timeout=PATIENCE)
            await self._while_alive(kernel_id, warming)
            self._spare = (kernel_id, wire)
        except Exception:  # a page then starts its own kernel, as without a spare
            log.exception("the spare kernel did not start")
            await self._stop(kernel_id)

    async def _while_alive(self, kernel_id: str, answer: Coroutine[Any, Any, Any]) -> None:
        """Wait for what a kernel answers, no longer than it lives: the page that wants it would wait too."""
        waited = asyncio.ensure_future(answer)
        try:
            while not (await asyncio.wait({waited}, timeout=self.look))[0]:
                if not await ensure_async(self.get_kernel(kernel_id).is_alive()):
                    raise RuntimeError("the spare kernel died")
            await waited
        finally:
            waited.cancel()

    async def drop(self, kernel_id: str, wire: Any) -> None:
        """Stop a spare that serves nobody."""
        wire.stop_channels()
        await self._stop(kernel_id)

    async def shutdown_all(self, now: bool = False) -> None:  # type: ignore[override]  # as its own asynchronous one
        """Stop every kernel, and the spare that was beginning: a process half started would outlive the workbook."""
        self._closing = True
        if self._filling is not None:
            self._filling.cancel()
        if self._starting is not None:
            await asyncio.wait({self._starting})
        await super().shutdown_all(now=now)

    def list_kernels(self) -> list[dict[str, Any]]:
        """Return the kernels of pages and notebooks; the spare is nobody's yet."""
        spare = self._spare[0] if self._spare else None
        return [each for each in super().list_kernels() if each["id"] != spare]

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """Stop a kernel that nobody uses; a spare waits for as long as it takes."""
        if not (self._spare and kernel_id == self._spare[0]):
            await super().cull_kernel_if_idle(kernel_id)
