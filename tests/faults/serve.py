"""A live workshop in a process of its own, to be killed. `serve.py BASE [WORKSHOP [PORT]]` says ID PORT CODE KEY."""

from __future__ import annotations

import asyncio
import sys

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


async def serve(base: str, workshop: str = "", port: str = "0") -> None:
    """Serve until killed."""
    catalogue.load()
    log = EventLog(base)
    live = LiveWorkshop(log, workshop or begin(log, script_file.loads(SCRIPT), {"seed": 1}))
    sockets = app.open_port(int(port), "127.0.0.1")
    number = sockets[0].getsockname()[1]
    application = app.make_application(live, f"http://127.0.0.1:{number}/")
    app.serve_on(application, sockets)
    print(live.id, number, live.code, application.settings["key"], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
