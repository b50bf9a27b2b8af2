"""How a kernel is launched: the first time in the process that was begun early, then as Jupyter does."""

from __future__ import annotations

from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager

from kpa_model.ui.opening import early

LAUNCHER = "ipykernel_launcher"


class Provisioner(LocalProvisioner):  # type: ignore[misc]
    """Jupyter's own, which takes the process begun early when there is one."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel with a command."""
        at = cmd.index(LAUNCHER) + 1 if LAUNCHER in cmd else 0
        process = early.given(cmd[at:], str(kwargs["cwd"]), kwargs["env"]) if at and "env" in kwargs else None
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.pid, self.pgid = process, process.pid, process.pid  # it leads a group of its own
        self.cwd = kwargs["cwd"]
        return self.connection_info


class PageKernel(ServerKernelManager):  # type: ignore[misc]
    """A kernel of the workbook."""

    async def _async_pre_start_kernel(self, **named: Any) -> Any:
        if self.provisioner is None:
            known = self.kernel_id or named.get("kernel_id", "")
            self.provisioner = Provisioner(kernel_id=known, kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**named)
