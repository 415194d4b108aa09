"""What our pytest knows more: markers, the report over docs/stories.md, and runs in which nothing may be skipped."""

import os
import re
import tempfile
from collections import defaultdict
from pathlib import Path

import pytest

# Tests never touch a town's data: their own folder. It is made here and not in conftest.py, because pytest-django
# reads the settings before that.
os.environ["MULIN_DATA"] = os.environ.get("MULIN_TEST_DATA") or tempfile.mkdtemp(prefix="mulin-test-")
os.environ.setdefault("MULIN_RATE_LIMITS", "False")
os.environ.setdefault("MULIN_LOG_LEVEL", "ERROR")
os.environ["MULIN_DEMO"] = "True"
# WhiteNoise warns of a missing folder, and a warning fails a test.
Path(os.environ["MULIN_DATA"], "static").mkdir(parents=True, exist_ok=True)

STORIES = Path(__file__).parents[1] / "docs/stories.md"
ROW = re.compile(r"^\| *([A-Z]+\d+[a-z]?) *\|", re.M)
MARKERS = (
    "story(*rows): proves these rows of docs/stories.md",
    "browser: needs a Chromium (MULIN_CHROMIUM)",
    "postgres: needs a PostgreSQL (MULIN_TEST_POSTGRES_URL)",
    "shared: needs the shared sources (MULIN_SHARED)",
)


def pytest_addoption(parser):
    parser.addoption("--story-report", action="store_true", help="Say which rows of docs/stories.md are proved.")


def pytest_configure(config):
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    # Only one process may report: the one that hears of all tests.
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Reporter(config), "mulin-reporter")


def pytest_collection_modifyitems(items):
    """Carry the rows of each test in its report, where the reporting process finds them."""
    known = set(rows())
    for item in items:
        claimed = {str(row) for marker in item.iter_markers("story") for row in marker.args}
        if known and claimed - known:
            raise pytest.UsageError(f"{item.nodeid}: docs/stories.md has no row {', '.join(sorted(claimed - known))}.")
        item.user_properties += [("story", row) for row in sorted(claimed)]


def rows():
    """List the rows of docs/stories.md in their order."""
    return ROW.findall(STORIES.read_text("utf-8")) if STORIES.exists() else []


class Reporter:
    """Hears every result once."""

    def __init__(self, config):
        self.wants_stories = config.getoption("--story-report")
        self.may_skip = not os.environ.get("MULIN_REQUIRE_ALL")
        self.skipped = {}
        self.proofs = defaultdict(dict)

    def pytest_runtest_logreport(self, report):
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped[report.nodeid] = reason(report)
        for name, row in report.user_properties:
            if name == "story" and (report.when == "call" or not report.passed):
                self.proofs[row][report.nodeid] = report.outcome

    def pytest_collectreport(self, report):
        if report.skipped:
            self.skipped[report.nodeid] = reason(report)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session, exitstatus):
        if self.skipped and not self.may_skip and exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        if self.wants_stories:
            self.tell_stories(terminalreporter)
        if self.skipped and not self.may_skip:
            terminalreporter.section("skipped, though MULIN_REQUIRE_ALL is set: the run fails")
            for test, why in sorted(self.skipped.items()):
                terminalreporter.line(f"{test}: {why}", red=True)

    def tell_stories(self, terminal):
        terminal.section("stories")
        proved = {row for row, tests in self.proofs.items() if set(tests.values()) == {"passed"}}
        all_rows = rows() or sorted(self.proofs)
        for row in all_rows:
            for test, outcome in sorted(self.proofs[row].items()):
                terminal.line(f"{row:<5}{outcome:<9}{test}", green=outcome == "passed", red=outcome == "failed")
        open_rows = [row for row in all_rows if row not in proved]
        terminal.line(f"Proved: {len(all_rows) - len(open_rows)} of {len(all_rows)} rows.")
        if open_rows:
            terminal.line(f"Not proved yet: {' '.join(open_rows)}")


def reason(report):
    """Say why a test was skipped."""
    return str(report.longrepr[2]).removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else "skipped"
