"""What the program's own log tells about visitors: which kind of page was asked for, never which."""

import io
import logging

import pytest
from django.urls import path

from mulin.cases.tests.factories import town

__all__ = ["town"]


def broken(request, id):
    raise ZeroDivisionError


urlpatterns = [path("broken/<uuid:id>/", broken)]


@pytest.fixture
def said(client, db):
    """Ask for an address and return what the console is told about it."""
    console = next(handler for handler in logging.getLogger().handlers if handler.name == "console")
    client.raise_request_exception = False

    def ask(address, method="get", **kwargs):
        told = io.StringIO()
        before = console.setStream(told)
        try:
            getattr(client, method)(address, **kwargs)
        finally:
            console.setStream(before)
        return told.getvalue()

    return ask


def test_a_case_that_is_not_shown_is_not_named(said, town):
    case = town.report(disclosure="confidential")
    for address in (case.get_absolute_url(), f"/api/v1/baocui/cases/{case.pk}"):
        line = said(address)
        assert "Not Found: " in line
        assert "/cases/<uuid:id>" in line
        assert str(case.pk) not in line
        assert "baocui" not in line


def test_a_method_that_is_not_answered_tells_the_route(said, town):
    case = town.report()
    line = said(case.get_absolute_url(), "put")
    assert "Method Not Allowed" in line
    assert str(case.pk) not in line


def test_an_address_that_leads_nowhere_is_not_repeated(said, town):
    case = town.report()
    line = said(f"{case.get_absolute_url()}notes/of/mine/")
    assert "Not Found: (no such address)" in line
    assert str(case.pk) not in line


def test_a_wrong_key_is_told_by_its_route(said, town):
    case = town.report()
    line = said(f"/api/v1/baocui/cases/{case.pk}", headers={"Authorization": "Bearer mk_nothing"})
    assert "Unauthorized: api/v1/<slug:slug>/cases/<uuid:id>" in line
    assert str(case.pk) not in line


def test_a_forgery_is_told_by_its_route(client, said, town):
    case = town.report()
    client.handler.enforce_csrf_checks = True
    line = said(f"{case.get_absolute_url()}accept/", "post")
    assert "Forbidden (" in line
    assert "<uuid:id>" in line
    assert str(case.pk) not in line


def test_a_bug_is_told_with_its_traceback_and_route(said, settings):
    settings.ROOT_URLCONF = __name__
    key = "01a20448-6d84-7aca-a5d8-d30b04be11e7"
    line = said(f"/broken/{key}/")
    assert "ZeroDivisionError" in line
    assert "Internal Server Error: broken/<uuid:id>/" in line
    assert key not in line
