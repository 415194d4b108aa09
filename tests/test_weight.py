"""The first page is light: everything a browser fetches for it, as it is sent, without map and charts."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from mulin.cases.tests.factories import make_town

MOST = 150 * 1024
FETCHED = re.compile(r'(?:href|src)="/static/([^"#?]+)')


def weigh(page):
    """Return how many bytes a page has, which is sent as it is, and each file it names, which is sent compressed."""
    names = {name for name in FETCHED.findall(page) if not re.search(r"\.(webmanifest|png)$", name)}
    found = {name: finders.find(re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", name)) for name in sorted(names)}
    files = {name: len(gzip.compress(Path(path).read_bytes(), 9)) for name, path in found.items() if path}
    assert len(files) == len(names), names - files.keys()
    return {"the page": len(page.encode()), **files}


@pytest.mark.django_db
def test_the_first_page_is_at_most_150_kb(client, capsys):
    town = make_town()
    for _time in range(5):
        town.report()
    parts = weigh(client.get("/baocui/").content.decode())
    with capsys.disabled():
        print(f"\nfirst page: {sum(parts.values()) / 1024:.0f} kB, {len(parts)} files")
    assert sum(parts.values()) <= MOST, parts
    assert not any("echarts" in name or "leaflet" in name for name in parts)
