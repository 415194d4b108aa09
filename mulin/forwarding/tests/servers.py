"""Other servers in threads: ours, to be called over HTTP, and strangers that answer as a test says."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db import connections
from django.test import Client


@contextmanager
def running(handler):
    """Serve on a free port of this machine."""
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Quiet(BaseHTTPRequestHandler):
    """Says nothing of itself."""

    def log_message(self, *_):
        """Say nothing."""


def ours():
    """Serve this very program. The caller waits for each answer, so that the test's connection is never used twice."""
    database = connections["default"]
    database.inc_thread_sharing()

    class Handler(Quiet):
        def answer(self):
            connections["default"] = database
            size = int(self.headers.get("Content-Length") or 0)
            given = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in self.headers.items()}
            response = Client().generic(
                self.command, self.path, self.rfile.read(size), self.headers.get("Content-Type", ""),
                **{**given, "HTTP_HOST": "localhost"},
            )  # fmt: skip
            self.send_response(response.status_code)
            for name, value in response.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(response.content)

        do_GET = do_POST = answer

    return running(Handler)


class Stranger:
    """Another server: what it was asked, and what it answers to each address, in turn."""

    def __init__(self):
        self.got, self.says, self.url = [], {}, ""

    def answers(self, path, *answers):
        """Answer so, one after the other; the last one stays. (code, body) or a function of the handler."""
        self.says[path] = list(answers)

    def asked(self, method="GET"):
        return [path for verb, path, _body, _headers in self.got if verb == method]

    def handler(self):
        stranger = self

        class Handler(Quiet):
            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                stranger.got.append((self.command, self.path, body, dict(self.headers)))
                key = f"{self.command} {self.path.partition('?')[0]}"
                found = stranger.says.get(key, [(404, b'[{"code": 404, "description": "nothing"}]')])
                one = found.pop(0) if len(found) > 1 else found[0]
                if callable(one):
                    one(self)
                    return
                code, said, *headers = one
                self.send_response(code)
                for name, value in dict(*headers).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            do_GET = do_POST = answer

        return Handler


@pytest.fixture
def site(settings):
    settings.WEBHOOK_HTTP_HOSTS = ["localhost"]
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    with ours() as url:
        settings.SITE_URL = url
        yield url
