"""A typed client is made from the API's document alone: it passes the strictest check of types and walks a case."""

import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from django.test import Client as Browser

from mulin.api.openapi import document
from mulin.api.resources import offered
from mulin.entry import actions as entry

from .generate import generate


@pytest.fixture(scope="module")
def module(tmp_path_factory):
    path = tmp_path_factory.mktemp("client") / "mulin_client.py"
    path.write_text(generate(document(offered())), "utf-8")
    spec = spec_from_file_location("mulin_client", path)
    made = module_from_spec(spec)
    sys.modules["mulin_client"] = made
    spec.loader.exec_module(made)
    yield made
    del sys.modules["mulin_client"]


def program(module, town, viewer):
    """Make a client with a key that calls our own program without a network."""
    _key, secret = entry.make_key(viewer.account_id, community=town.community, name="c", scopes=["read", "write"])

    class Here(module.Client):
        def send(self, method, path, headers, body):
            kind = headers.pop("Content-Type", "application/json")
            response = Browser().generic(method, path, body or b"", content_type=kind, headers=headers)
            return response.status_code, response.content

    return Here("http://testserver", town.community.slug, secret)


def test_its_types_hold(module):
    path = Path(module.__file__)
    told = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, path.name],
        cwd=path.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_operation_is_a_function(module):
    for path, found in document(offered())["paths"].items():
        for method in ("get", "post"):
            content = found.get(method, {}).get("responses", {}).get("200", {}).get("content", {})
            if "application/json" in content:
                assert callable(getattr(module, found[method]["operationId"])), path


@pytest.mark.django_db
def test_it_walks_from_report_to_confirm(module, town):
    resident, officer = (program(module, town, viewer) for viewer in (town.resident, town.officer))
    asks = module.ReportCasesAsks(words="The lamp at the door is out.", address="1号楼1门")
    case = module.report_cases(resident, asks, idempotency_key="lamp-1")
    assert module.report_cases(resident, asks, idempotency_key="lamp-1").id == case.id
    assert case.id in [row.id for row in module.list_cases(officer, queue=True).items]
    module.accept_cases_one(officer, case.id, module.AcceptCasesOneAsks())
    solving = module.SolveCasesOneAsks(cause="Worn out", remedy="A new lamp")
    solved = module.solve_cases_one(officer, case.id, solving)
    assert solved.state == "solved"
    with pytest.raises(module.Refused) as refused:
        module.confirm_cases_one(officer, case.id, module.ConfirmCasesOneAsks(rating=3))
    assert (refused.value.status, bool(refused.value.error.message)) == (403, True)
    closed = module.confirm_cases_one(resident, case.id, module.ConfirmCasesOneAsks(rating=3))
    assert closed.state == "closed"
