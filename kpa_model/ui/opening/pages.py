"""Voilà's page without code, opened faster: the template is compiled once, the kernel is warm, text goes first."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import unquote

from jupyter_server.config_manager import recursive_update
from tornado.web import authenticated
from voila.configuration import VoilaConfiguration
from voila.execute import VoilaExecutor
from voila.exporter import VoilaExporter
from voila.notebook_renderer import NotebookRenderer
from voila.paths import collect_template_paths
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.utils import get_page_config

from kpa_model.declare.markup import tag

HEARTBEAT = tag("script", "window.voila_heartbeat()") + "\n"


class PageMaker:
    """What every page of a server shares: Voilà's configuration, and the compiled template."""

    def __init__(self, server: Any) -> None:
        self.server, self.base_url = server, server.web_app.settings["base_url"]
        self.voila = VoilaConfiguration(parent=server)
        self.paths = collect_template_paths(["voila", "nbconvert"], self.voila.template)
        self.config = get_page_config(
            base_url=self.base_url, settings=server.web_app.settings, log=server.log, voila_configuration=self.voila
        )
        self.exporter = VoilaExporter(
            template_paths=self.paths, template_name=self.voila.template, config=server.config, theme=self.voila.theme,
            contents_manager=server.contents_manager, base_url=self.base_url, show_margins=self.voila.show_margins,
            mathjax_url=server.web_app.settings["mathjax_url"],
        )  # fmt: skip
        if self.voila.strip_sources:
            self.exporter.exclude_input = True
            self.exporter.exclude_input_prompt = self.exporter.exclude_output_prompt = True

    def own_resources(self, **told: str) -> None:
        """Tell the template what only this server knows."""
        self.voila.config.VoilaConfiguration.resources["kpa"].update(told)

    def compile(self) -> None:
        """Compile the template before the first page asks for it."""
        _ = self.exporter.template

    def page(self, handler: Any, path: str, wire: Any) -> WarmRenderer:
        """Return what renders one page in a kernel; `wire` talks to it when it is a spare."""
        made = WarmRenderer(
            request_handler=handler, voila_configuration=self.voila, traitlet_config=self.server.config,
            notebook_path=path, template_paths=self.paths, config_manager=self.server.config_manager,
            contents_manager=self.server.contents_manager, base_url=self.base_url,
            kernel_spec_manager=self.server.kernel_spec_manager, page_config=self.config,
        )  # fmt: skip
        made.exporter, made.wire = self.exporter, wire
        return made


class WarmRenderer(NotebookRenderer):
    """Voilà's renderer, with an exporter that is shared and a kernel that may be ready."""

    exporter: Any
    wire: Any

    async def initialize(self, **_: Any) -> None:
        """Read the notebook; the template needs nothing more."""
        self.notebook = await self.load_notebook(self.notebook_path)
        self.cwd, name = os.path.split(self.notebook_path)
        self.template_name, self.theme = self.voila_configuration.template, self.voila_configuration.theme
        self.page_config["jupyterLabTheme"] = self.theme
        self.resources = {
            "base_url": self.base_url,
            "theme": self.theme,
            "template": self.template_name,
            "metadata": {"name": os.path.splitext(name)[0]},
            "page_config": self.page_config,
        }
        recursive_update(self.resources, self.voila_configuration.config.VoilaConfiguration.resources)

    async def _jinja_kernel_start(self, nb: Any, kernel_id: str, kernel_future: Any) -> str:
        if self.wire is None:
            return str(await super()._jinja_kernel_start(nb, kernel_id, kernel_future))
        self.executor = VoilaExecutor(
            nb, km=kernel_future, config=self.traitlet_config, show_tracebacks=self.voila_configuration.show_tracebacks
        )
        self.executor.kc, self.kernel_started = self.wire, True  # it answered already: nothing to wait for
        return kernel_id


class PageHandler(TornadoVoilaHandler):
    """One page without code."""

    def initialize(self, maker: PageMaker) -> None:
        """Take what pages share."""
        self.maker = maker
        super().initialize(config=maker.server.config, template_paths=maker.paths, voila_configuration=maker.voila)

    async def get_generator(self, path: str | None = None) -> AsyncIterator[str]:
        """Yield the page: its head at once, its cells as they are run."""
        path = unquote(path or "")
        self.set_header("Content-Type", "text/html")
        self.set_header("Cache-Control", "no-cache, no-store, must-revalidate")
        page = self.maker.page(self, path, None)
        await page.initialize()
        kernels = self.kernel_manager
        kernel_id, page.wire = await kernels.take(os.path.dirname(path))
        try:
            made = page.generate_content_generator(kernel_id, kernels.get_kernel(kernel_id))
            async for html in gathered(made, self.voila_configuration.http_keep_alive_timeout):
                yield html
        finally:
            kernels.fill_later()


async def gathered(made: Any, beat: float) -> AsyncIterator[str]:
    """Yield what is there together, and a sign of life when nothing comes for a while."""
    queue: asyncio.Queue[str | None] = asyncio.Queue()

    async def pump() -> None:
        try:
            async for html, _ in made:
                queue.put_nowait(html)
        finally:
            queue.put_nowait(None)

    pumping = asyncio.ensure_future(pump())
    try:
        while True:
            try:
                found: list[str | None] = [await asyncio.wait_for(queue.get(), beat)]
            except TimeoutError:
                yield HEARTBEAT
                continue
            while not queue.empty():
                found.append(queue.get_nowait())
            yield "".join(each for each in found if each)
            if found[-1] is None:
                break
        await pumping  # what went wrong is told, as without a queue
    finally:
        pumping.cancel()


class LeaveHandler(VoilaShutdownKernelHandler):
    """A page that closes names its kernel.

    It can only send a bare message, without the form token; nobody else can guess the name of its kernel, and the login
    is still asked. Without this, each page left would keep its kernel.
    """

    def check_xsrf_cookie(self) -> None:
        """Accept the bare message of a page that closes."""

    @authenticated
    async def post(self, kernel_id: str) -> None:
        """Note that a page was left; its kernel stops a little later."""
        self.kernel_manager.leave(kernel_id)
        self.set_status(204)
        self.finish()
