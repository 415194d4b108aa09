"""A town, and a machine that takes messages."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from mulin.cases.tests.factories import town
from mulin.webhooks import actions

__all__ = ["town"]


@dataclass
class Machine:
    """What another program got, and what it answers."""

    url: str = ""
    code: int = 204
    got: list = field(default_factory=list)  # (headers, body)

    @property
    def lines(self):
        bodies = [json.loads(body) for _headers, body in self.got]
        return [body["data"]["seq"] for body in bodies if body["type"] != "ping"]


@pytest.fixture
def machine(settings):
    settings.WEBHOOK_HTTP_HOSTS = ["localhost"]
    made = Machine()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            made.got.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(made.code)
            if made.code == 302:
                self.send_header("Location", f"{made.url}elsewhere")
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://localhost:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def webhook(town, machine):
    """One whose address has answered, so that it is active."""
    made = actions.make(by=town.worker, community=town.community, name="Board", url=machine.url)
    actions.send_due()
    machine.got.clear()
    secret = made.shown_secret
    made.refresh_from_db()
    made.shown_secret = secret
    return made
