"""The demo in a real browser: one town for all these tests, and pages that fail their test when something breaks."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.browser.town import ARGS, CHROMIUM, Visitor, context_of, serving

HERE = Path(__file__).parent

# htmx calls it an error when a question is dropped because a newer one was asked, or because the page was left.
# A question that really failed is told by the events "sendError" and "responseError".
DROPPED = ("htmx:afterRequest", "htmx:sendAbort")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Let one worker run all of these: they share a town."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def chromium():
    # Not for the whole session: while Playwright's loop runs, Django refuses this thread its database.
    from playwright.sync_api import sync_playwright

    if not Path(CHROMIUM).exists():
        pytest.skip(f"No Chromium at {CHROMIUM}: set MULIN_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def town(chromium, tmp_path_factory):
    with serving(tmp_path_factory.mktemp("town")) as town:
        yield town


class Guard:
    """Hears what a page would hide: errors of scripts, of the content policy, of the server."""

    def __init__(self, context):
        self.heard = []
        context.on("console", self.console)
        context.on("weberror", lambda error: self.heard.append(f"script: {error.error}"))
        context.on("response", self.response)

    def console(self, message):
        # What could not be loaded is heard below, with its address.
        if message.type == "error" and not message.text.startswith(("Failed to load resource", *DROPPED)):
            self.heard.append(f"console: {message.text}")

    def response(self, answer):
        is_missing = answer.status == 404 and answer.request.resource_type != "document"
        if answer.status >= 500 or is_missing:
            self.heard.append(f"{answer.status}: {answer.url}")


@pytest.fixture
def visit(chromium, town):
    """Give visitors, each with a browser of their own: visit("officer", device="desktop")."""
    guards = []
    with ExitStack() as stack:

        def open_for(who=None, device="phone", **options):
            context = context_of(chromium, town, who=who, device=device, **options)
            stack.callback(context.close)
            guards.append(Guard(context))
            return Visitor(context.new_page(), town)

        yield open_for
    heard = [line for guard in guards for line in guard.heard]
    assert not heard, "\n".join(heard)


@pytest.fixture
def photo():
    """A small photo as a phone would send it."""
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.effect_noise((640, 480), 40).convert("RGB").save(out, "JPEG")
    return {"name": "stairs.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
