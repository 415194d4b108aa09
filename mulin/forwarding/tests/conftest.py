"""A town that sends cases on, and another server."""

import pytest

from mulin.cases.tests.factories import town
from mulin.forwarding import actions

from .servers import Stranger, running, site

__all__ = ["site", "town"]


@pytest.fixture
def stranger(settings):
    """Another server, which answers as a test says."""
    settings.WEBHOOK_HTTP_HOSTS = ["localhost"]
    made = Stranger()
    with running(made.handler()) as url:
        made.url = url
        yield made


@pytest.fixture
def connected(town, stranger):
    """A connection to it, to which lamps are sent on."""
    made = actions.connect(
        by=town.worker, community=town.community, name="City works", url=stranger.url, key="their-key",
        jurisdiction="city",
    )  # fmt: skip
    return actions.map_category(made, by=town.worker, category=town.category("lamp"), service_code="LAMP-1")
