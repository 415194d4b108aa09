"""Whatever the API's document allows or forbids, from anybody: an answer that it announces, and never a crash."""

import os
from collections import Counter
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from random import Random

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from mulin.api.openapi import document
from mulin.api.resources import offered
from mulin.cases import actions
from mulin.config.wsgi import application
from mulin.entry import actions as entry
from mulin.kernel.refusals import Refused

from .factories import make_town

EACH = int(os.environ.get("MULIN_FUZZ", "1"))  # calls per address and kind of data
IS_LONG = "MULIN_FUZZ" in os.environ  # then every role sends the nonsense, too
NOTHING = "01989c1d-0000-7000-8000-000000000000"
ROLES = ("guest", "resident", "officer", "worker")
CONFIG = schemathesis.Config.from_dict({"generation": {"with-security-parameters": False}})
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
load_all_checks()


def lives(town):
    """Make cases at several points of their life; each address is tried on all of them."""
    cases = [town.report(), town.report(disclosure="confidential"), town.report(disclosure="anonymous")]
    for case in cases[1:]:
        actions.accept(case, by=town.worker)
    asked = actions.accept(town.report(), by=town.officer)
    solved = actions.accept(town.report(), by=town.officer)
    cases += [actions.ask(asked, by=town.officer, words="Which lamp?")]
    cases += [actions.solve(solved, by=town.officer, cause="Worn out", remedy="A new lamp")]
    refused = actions.refuse(town.report(), by=town.officer, why="not_ours", words="Ask the power company.")
    return [str(case.pk) for case in [*cases, refused]]


def ids_of(town):
    """Make some of everything that is offered, by the walks that each module tells; the lives of cases are richer."""
    found = {"cases": lives(town)}
    for resource in offered():
        name = f"{resource.model.__module__.rpartition('.models')[0]}.tests.walks"
        walks = import_module(name).WALKS if find_spec(name.rpartition(".")[0]) and find_spec(name) else {}
        if walk := walks.get(resource.model._meta.label):
            # One walk may have made already what the next one wants to make.
            with suppress(Refused):
                walk(town, Random(len(found)).choice)
            rows = resource.model._default_manager.filter(community=town.community.pk)
            found[resource.name] = [str(key) for key in rows.values_list("pk", flat=True)[:3]] or [NOTHING]
    return found


def headers_of(town, role):
    viewer = {"guest": None, "resident": town.resident, "officer": town.officer, "worker": town.worker}[role]
    if viewer is None:
        return {}
    _key, secret = entry.make_key(viewer.account_id, community=town.community, name="fuzz", scopes=["read", "write"])
    return {"Authorization": f"Bearer {secret}"}


def every_operation():
    schema = schemathesis.openapi.from_dict(document(offered()), config=CONFIG)
    schema.app = application
    return [found.ok() for found in schema.get_all_operations()]


OPERATIONS = every_operation()
SHARES = 3  # so that several workers of the tests have a part each


@pytest.mark.django_db
@pytest.mark.parametrize("share", range(SHARES))
def test_no_call_breaks_the_api(share):
    """What one may send is made once and sent by every role, who may least first; nonsense, by each in turn."""
    town = make_town()
    ids, headers = ids_of(town), {role: headers_of(town, role) for role in ROLES}
    answers, opened = Counter(), set()
    for turn, operation in enumerate(OPERATIONS[share::SHARES]):
        some = ids.get(operation.definition.raw["tags"][0], [NOTHING])
        known = {"slug": town.community.slug, "id": some[turn % len(some)]}
        known = {name: value for name, value in known.items() if f"{{{name}}}" in operation.path}
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            turns = ROLES if IS_LONG or mode == GenerationMode.POSITIVE else (ROLES[turn % len(ROLES)],)
            calls = operation.as_strategy(generation_mode=mode, path_parameters=known)
            often = EACH + (turn % 3 == 0)  # first the plainest call; for each third address a wild one, too
            if 200 in _try(calls, often, [headers[role] for role in turns], answers):
                opened.add(operation.label)
    assert answers.keys() >= {200, 403, 404, 409}, answers  # it got inside, and was refused there
    named = {resource.name for resource in offered()} - {"persons"}  # the register is asked for somebody, never listed
    lists = {f"GET /api/v1/{{slug}}/{name}" for name in named}
    lists &= {operation.label for operation in OPERATIONS[share::SHARES]}
    assert lists, "Each share has some of the resources."
    assert not sorted(lists - opened), "Nobody got these listed."


def _help(call):
    """Take away the guesses at codes, versions and places that hardly any call survives."""
    for name in ("X-Case-Code", "If-Match", "If-None-Match"):
        call.headers.pop(name, None)
    if call.operation.path.endswith("/cases") and isinstance(call.body, dict):
        call.body.update(address="1号楼1门", category="")


def _try(calls, often, senders, answers):
    got = set()

    @settings(
        max_examples=often, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(calls, st.booleans())
    def run(call, helped):
        if helped:
            _help(call)
        for headers in senders:
            response = call.call(headers=headers)
            answers[response.status_code] += 1
            got.add(response.status_code)
            call.validate_response(response, checks=CHECKS)

    # Where nothing is asked, nothing can be asked wrongly.
    with suppress(Unsatisfiable):
        run()
    return got
