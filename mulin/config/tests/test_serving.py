"""What `mulin serve` sees to: the address in its links, and the files for browsers in a new data folder."""

import os

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

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


def test_a_new_data_folder_gets_the_files_for_browsers_once(settings, monkeypatch, tmp_path):
    settings.STATIC_ROOT, ran = tmp_path, []
    monkeypatch.setattr(serve, "staticfiles_storage", ManifestStaticFilesStorage)
    monkeypatch.setattr(serve, "call_command", lambda name, **options: ran.append(name))
    serve._prepare_files()
    (tmp_path / "staticfiles.json").write_text("{}")
    serve._prepare_files()
    assert ran == ["collectstatic"]
