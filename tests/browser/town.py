"""A demo town served for browsers, and how people of the demo walk through it; used by the tests and by `make look`."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("MULIN_CHROMIUM", "/usr/bin/chromium")
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}
LANGUAGES = {"zh": "zh-hans", "en": "en"}
HOME = "/baocui/"
# Roles of the demo by what they are in the tests.
PEOPLE = {
    "resident": "wang@demo.mulin", "officer": "chen@demo.mulin", "lead": "liu@demo.mulin",
    "worker": "zhou@demo.mulin", "secretary": "zhao@demo.mulin", "auditor": "bai@demo.mulin",
    "subdistrict": "he@demo.mulin", "mediator": "ma@demo.mulin", "liaison": "hu@demo.mulin",
    "inspector": "meng@demo.mulin", "deputy": "du@demo.mulin",
}  # fmt: skip


class Town:
    """One running Mulin with the demo in it."""

    def __init__(self, address, folder):
        self.address, self.folder, self.states = address, folder, {}
        with urllib.request.urlopen(f"{address}{HOME}places.json") as answer:
            features = json.load(answer)["features"]
        houses = {each["id"]: each["properties"] for each in features if each["properties"]["kind"] == "building"}
        doors = [each["properties"] for each in features if each["properties"]["kind"] == "entrance"]
        self.codes = {(houses[door["building"]]["number"], door["name"]): door["code"] for door in doors}

    def place(self, kind, house=1, door="1门"):
        """Return the page of an entrance, of its building or of the building's grid."""
        with urllib.request.urlopen(f"{self.address}{HOME}places.json") as answer:
            features = json.load(answer)["features"]
        named = {(each["properties"]["kind"], each["properties"].get("number")): each for each in features}
        building = named["building", house]
        found = {"building": building["id"], "grid": building["properties"]["grid"]}
        if kind == "entrance":
            code = self.codes[house, door]
            found[kind] = next(each["id"] for each in features if each["properties"].get("code") == code)
        return f"{HOME}places/{kind}/{found[kind]}/"

    def code(self, house=1, door="1门"):
        """Return the code on the plate of an entrance; the first houses belong to the officer of the tests."""
        return self.codes[house, door]

    def rows(self, sql, *values):
        """Read the town's database; what people see is asked of the pages instead."""
        with closing(sqlite3.connect(f"file:{self.folder}/mulin.sqlite3?mode=ro", uri=True)) as database:
            return database.execute(sql, values).fetchall()

    def case(self, where="1", best="1", role=None):
        """Return the address of the newest case that fits, the best first; of a role's own ones if that is given."""
        if role:
            where += f" and reporter_account = (select id from people_account where email = '{PEOPLE[role]}')"
        found = self.rows(f"select id from cases_case where {where} order by {best} desc, happened_at desc limit 1")
        return f"{HOME}cases/{UUID(found[0][0])}/"

    def one(self, table, where="1", best="1"):
        """Return the key of a row that fits, the best first, as it stands in addresses; the first of its table else."""
        found = self.rows(f"select id from {table} where {where} order by {best} desc, id limit 1")
        return str(UUID((found or self.rows(f"select id from {table} limit 1"))[0][0]))


class Visitor:
    """A person in front of one browser."""

    def __init__(self, page, town):
        self.page, self.town = page, town

    def go(self, path):
        return self.page.goto(self.town.address + path)

    def write(self, scope, **answers):
        """Fill in the fields of a form by their names, in the way each field is filled in."""
        for name, value in answers.items():
            field = scope.locator(f"[name='{name}']").first
            kind = field.evaluate("e => e.type")
            if kind == "radio":
                scope.locator(f"[name='{name}'][value='{value}']").check()
            elif kind == "checkbox":
                field.check()
            elif kind == "select-one":
                field.select_option(value)
            elif kind == "file":
                field.set_input_files(value)
                if self.page.locator("html").evaluate("() => !!window.htmx"):
                    scope.locator(".ph").first.wait_for()
            else:
                field.fill(value)

    def report(self, words, house=1, photo=None, path="", **answers):
        """Scan the plate of an entrance, say what is wrong, send it; return the case's address."""
        self.go(path or f"{HOME}e/{self.town.code(house)}/")
        form = self.page.locator("#report")
        self.write(form, words=words, **({"photos": photo} if photo else {}), **answers)
        self.send()
        if not self.page.url.rstrip("/").rpartition("/")[0].endswith("/sent"):
            # Something like it is open nearby: the page asks once, and has kept the photos.
            assert not photo or form.locator("[name=kept]").count()
            form.locator(".ml-same button:not([formaction])").click()
        self.page.wait_for_url("**/report/sent/**")
        return f"{HOME}cases/{self.page.url.rstrip('/').rpartition('/')[2]}/"

    def send(self):
        """Press the button of the report page."""
        self.page.locator("button[form=report]").click()
        self.page.wait_for_load_state()

    def open(self, name):
        """Open the form of a move on a case's page, in its dialog or in place; return it."""
        details = self.page.locator(f"details[data-move='{name}']")
        summary = details.locator("summary")
        if not summary.is_visible():
            self.page.locator(".ml-moves details.ml-more > summary").first.click()
        summary.click()
        form = self.page.locator(f"form[action$='/{name}/']:visible")
        form.wait_for()
        return form

    def move(self, name, **answers):
        """Make a move of the case on the page, with what it asks."""
        if self.page.locator(f"details[data-move='{name}']").count():
            form = self.open(name)
        else:
            form = self.page.locator(f"form[action$='/{name}/']")
            if not form.locator("button").last.is_visible():
                self.page.locator(".ml-moves details.ml-more > summary").first.click()
        self.write(form, **answers)
        with self.page.expect_navigation():
            form.locator("button:visible").last.click()

    def sees(self, words):
        """Tell whether the page says this."""
        return words in self.page.locator("body").inner_text()


def sign_in(page, town, who):
    """Take a role with one tap on the sign-in page."""
    page.goto(f"{town.address}/sign-in/")
    page.locator(f"form:has(input[value='{PEOPLE.get(who, who)}']) button").click()
    page.wait_for_url(f"{town.address}/**")
    return page


def context_of(browser, town, *, who=None, device="phone", language="en", **options):
    """Open a browser of one's own for a role; whoever signed in once stays signed in."""
    looks = {"language": LANGUAGES[language]} | options.pop("looks", {})
    if who and who not in town.states:
        with closing(browser.new_context()) as context:
            sign_in(context.new_page(), town, who)
            town.states[who] = context.storage_state()
    context = browser.new_context(
        viewport=SIZES[device], is_mobile=device == "phone", has_touch=device == "phone", locale="zh-CN",
        reduced_motion="reduce", storage_state=town.states.get(who), **options,
    )  # fmt: skip
    context.set_default_timeout(8000)
    context.add_cookies([{"name": name, "value": value, "url": town.address} for name, value in looks.items()])
    return context


@contextmanager
def serving(folder):
    """Set a demo up in an empty folder and serve it; MULIN_DEMO_DATA names a finished one to copy instead."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://localhost:{port}"  # a name: browsers make no passkeys for numbers
    env = os.environ | {
        "MULIN_DATA": str(folder), "MULIN_DEMO": "True", "MULIN_RATE_LIMITS": "False", "MULIN_SITE_URL": address,
        "MULIN_LOG_LEVEL": "ERROR", "MULIN_MAIL_URL": "dummy://",
    }  # fmt: skip
    if ready := os.environ.get("MULIN_DEMO_DATA"):
        shutil.copytree(ready, folder, dirs_exist_ok=True)
    for command in (["migrate", "--verbosity", "0"], ["demo", "--if-empty"], ["collectstatic", "--verbosity", "0"]):
        subprocess.run([sys.executable, "-m", "mulin.config.cli", *command, *NO_INPUT.get(command[0], [])],
                       env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # fmt: skip
    log = (Path(folder) / "serve.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "mulin.config.cli", "serve", "--port", str(port)], env=env, cwd=ROOT, stdout=log,
        stderr=log,
    )  # fmt: skip
    try:
        _wait(address, server, Path(log.name))
        yield Town(address, folder)
    finally:
        server.terminate()
        server.wait(20)
        log.close()


NO_INPUT = {"migrate": ["--no-input"], "collectstatic": ["--no-input"]}


def _wait(address, server, log, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/sign-in/").close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The demo does not answer.\n{log.read_text('utf-8')[-3000:]}")
