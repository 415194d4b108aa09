"""Programs that speak GeoReport v2 with a community, and readers of their answers."""

import xml.etree.ElementTree as ET
from urllib.parse import urlencode

from django.test import Client

from mulin.entry import actions as entry

HERE = {"lat": "39.9131", "long": "116.4551"}


class Program:
    """A program with a key, or with none."""

    def __init__(self, town, viewer=None, scopes=("cases:write",), shared=False, language="en"):
        self.client, self.town = Client(enforce_csrf_checks=True), town
        self.base = "/open311/v2" if shared else f"/{town.community.slug}/open311/v2"
        self.headers = {"Accept-Language": language}
        self.key = ""
        if viewer:
            _key, self.key = entry.make_key(viewer.account_id, community=town.community, name="t", scopes=list(scopes))

    def get(self, path, **asked):
        return self.client.get(f"{self.base}/{path}", asked, headers=self.headers)

    def post(self, path, given=None, headers=None, **more):
        sent = {"api_key": self.key, **(given or {}), **more}
        sent = {name: value for name, value in sent.items() if value is not None}
        if any(hasattr(value, "read") for value in sent.values()):
            return self.client.post(f"{self.base}/{path}", sent, headers={**self.headers, **(headers or {})})
        return self.client.post(
            f"{self.base}/{path}", urlencode(sent, doseq=True),
            content_type="application/x-www-form-urlencoded; charset=utf-8",
            headers={**self.headers, **(headers or {})},
        )  # fmt: skip

    def report(self, headers=None, form="json", **given):
        """Report a broken lamp at the town's first entrance, unless something else is said."""
        asked = {"service_code": "lamp", "description": "The lamp is out.", "address_string": "1号楼1门", **given}
        return self.post(f"requests.{form}", asked, headers)


def tree(element):
    """Read XML as the Spark convention would write it: text, a dictionary, or a list for a container."""
    children = list(element)
    if not children:
        return element.text or ""
    if element.tag in CONTAINERS:
        return [tree(child) for child in children]
    return {child.tag: tree(child) for child in children}


CONTAINERS = {
    "services", "service_requests", "errors", "attributes", "values", "endpoints", "formats", "notes",
    "service_request_updates",
}  # fmt: skip


def read(response):
    """Read an answer in either format into the same values: texts, dictionaries and lists."""
    if response["Content-Type"].startswith("application/json"):
        return texts(response.json())
    root = ET.fromstring(response.content)
    return [] if root.tag in CONTAINERS and not len(root) else tree(root)


def texts(value):
    """Write every single value of JSON as XML would."""
    if isinstance(value, list):
        return [texts(each) for each in value] or ""
    if isinstance(value, dict):
        return {name: texts(each) for name, each in value.items()}
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
