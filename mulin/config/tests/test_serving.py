"""Served under another port, Mulin names that address in its links, unless it was told its own."""

import os

import pytest

from mulin.config.management.commands import serve


@pytest.mark.parametrize(
    ("told", "host", "named"),
    [
        ("", "127.0.0.1", "http://127.0.0.1:8123"),
        ("", "0.0.0.0", "http://127.0.0.1:8123"),
        ("", "::1", "http://[::1]:8123"),
        ("https://mulin.example", "127.0.0.1", "https://mulin.example"),
    ],
)
def test_links_name_the_port_that_is_served(settings, monkeypatch, told, host, named):
    monkeypatch.delenv("MULIN_SITE_URL_FILE", raising=False)
    monkeypatch.setenv("MULIN_SITE_URL", told)
    settings.SITE_URL = told
    ran = []
    monkeypatch.setattr("granian.server.Server.serve", lambda server: ran.append(server.bind_port))
    monkeypatch.setattr(serve, "_start_worker", lambda: None)
    serve.Command().run_from_argv(["mulin", "serve", "--host", host, "--port", "8123"])
    assert (settings.SITE_URL, os.environ["MULIN_SITE_URL"], ran) == (named, named, [8123])
