"""A live workshop in a process of its own, to be killed. `serve.py BASE [WORKSHOP [PORT]]` says ID PORT CODE KEY.

`told` says it in a pipe: a process that has read the program already forks it, a hundred times if need be.
"""

from __future__ import annotations

import asyncio
import os
import sys
from multiprocessing.connection import Connection

from kpa_model.files.log.events import EventLog
from kpa_model.server import app, catalogue
from kpa_model.server.workshop import LiveWorkshop, begin
from kpa_model.workshop import script_file

SCRIPT = """
titre: Un atelier d'essai
etapes:
- {cle: bonjour, titre: Bonjour, minutes: 5}
- {cle: estimer, titre: Combien ?, minutes: 5, activite: {estimation: {travail: Un buffet}}}
- {cle: fin, titre: Merci, minutes: 5}
"""


catalogue.load()


async def serve(base: str, workshop: str = "", port: str = "0", to: int = 1) -> None:
    """Serve until killed."""
    log = EventLog(base)
    live = LiveWorkshop(log, workshop or begin(log, script_file.loads(SCRIPT), {"seed": 1}))
    sockets = app.open_port(int(port), "127.0.0.1")
    number = sockets[0].getsockname()[1]
    application = app.make_application(live, f"http://127.0.0.1:{number}/")
    app.serve_on(application, sockets)
    os.write(to, f"{live.id} {number} {live.code} {application.settings['key']}\n".encode())
    await asyncio.Event().wait()


def told(pipe: Connection, *known: str) -> None:
    """Serve until killed; say what is known of it in a pipe."""
    asyncio.run(serve(*known, to=pipe.fileno()))


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
