"""Scenarios in which many real processes write at once. Run as `python -m tests.concurrency.crowd SCENARIO…`."""

import json
import multiprocessing
import os
import sys
import threading
import time
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulin.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402

from mulin.cases import actions  # noqa: E402
from mulin.cases.models import Case  # noqa: E402
from mulin.cases.tests.factories import make_town  # noqa: E402
from mulin.journal.log import sign_head  # noqa: E402
from mulin.journal.models import Detail, Head, Line, SignedHead  # noqa: E402
from mulin.journal.verify import verify  # noqa: E402
from mulin.kernel.clock import SYSTEM, now  # noqa: E402
from mulin.kernel.engine import Once  # noqa: E402
from mulin.kernel.refusals import Refused  # noqa: E402
from mulin.people import actions as people  # noqa: E402
from mulin.people.models import Person, Term  # noqa: E402

CROWD, EACH = 12, 6
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in here
forks = multiprocessing.get_context("fork")


def together(work, count=CROWD):
    """Do the work in so many processes that start at the same moment; return their answers."""
    connections.close_all()  # a connection does not survive a fork
    start, answers = forks.Barrier(count), forks.Queue()

    def one(number):
        connection.ensure_connection()
        start.wait(30)
        try:
            answers.put([number, work(number)])
        except Exception as error:
            answers.put([number, f"{type(error).__name__}: {error}"])
        connections.close_all()

    running = [forks.Process(target=one, args=(number,)) for number in range(count)]
    for process in running:
        process.start()
    found = dict(answers.get(timeout=60) for _ in running)
    for process in running:
        process.join(30)
    return [found[number] for number in range(count)]


def standing(town):
    """Say how the log of a town stands after the crowd went home."""
    key = town.community.pk
    report, head = verify(key), Head.objects.get(key=key)
    numbers = sorted(int(number.rsplit("-", 1)[1]) for number in _cases(town).values_list("number", flat=True))
    return {
        "problems": report.problems, "size": head.size, "lines": Line.objects.filter(community=key).count(),
        "details": Detail.objects.filter(community=key).count(), "numbers": numbers,
        "counter": next(count for name, count in head.counters.items() if name.startswith("cases-")),
        "signed": SignedHead.objects.filter(community=key).count(),
    }  # fmt: skip


def _cases(town):
    return Case.objects.filter(community=town.community)


def one_town():
    """Everybody reports into one hot town."""
    return _reports([make_town("hot")])


def three_towns():
    """Everybody reports into several towns in turn."""
    return _reports([make_town(f"lane-{number}") for number in range(3)])


def _reports(towns):
    before = [Head.objects.get(key=town.community.pk).size for town in towns]

    def work(number):
        for turn in range(EACH):
            town = towns[(number + turn) % len(towns)]
            town.report(words=f"{number} {turn}")
        sign_head(towns[number % len(towns)].community.pk, now())
        return "done"

    answers = together(work)
    return {"answers": answers, "before": before, "towns": [standing(town) for town in towns]}


def clicks():
    """Everybody sends the same form of the same person."""
    town = make_town("clicks")

    def work(number):
        case = town.report(once=Once("one key", b"one body"))
        return [str(case.pk), case.is_repeat]

    return {"answers": together(work), **standing(town)}


def race():
    """Everybody takes on the same case, and offers the same post to the same person."""
    town = make_town("race")
    case, person = town.report(), Person.objects.get(pk=town.neighbour.person_id)

    def work(number):
        won = []
        for attempt in (
            lambda: actions.accept(case, by=(town.officer, town.worker)[number % 2]),
            lambda: people.offer(by=SYSTEM, post=town.officer_post, person=person),
        ):
            try:
                attempt()
                won.append(True)
            except Refused:
                won.append(False)
        return won

    answers = together(work)
    offered = Term.objects.filter(person=person, post=town.officer_post).count()
    accepted = Detail.objects.filter(noun_id=case.pk, verb="accept").count()
    return {"answers": answers, "offered": offered, "accepted": accepted, **standing(town)}


def gate():
    """Two processes with four threads each."""
    town = make_town("gate")

    def work(number):
        done = []

        def thread():
            for _ in range(5):
                town.report()
            done.append(True)
            connections.close_all()

        threads = [threading.Thread(target=thread) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(40)
        return len(done)

    return {"answers": together(work, 2), **standing(town)}


@contextmanager
def held(seconds):
    """Let another process hold the database for a while."""
    connections.close_all()
    ready = forks.Event()

    def hold():
        with transaction.atomic():
            ready.set()
            time.sleep(seconds)
        connections.close_all()

    process = forks.Process(target=hold)
    process.start()
    ready.wait(20)
    try:
        yield
    finally:
        process.join(20)


def stuck():
    """One writer is stuck: another is told so after the wait, and comes through afterwards."""
    from mulin.kernel.sqlite import base

    town, usual, base.WAIT = make_town("stuck"), base.WAIT, 0.3
    with held(2.0):
        started = time.monotonic()
        Case.objects.count()  # who only reads waits for nobody
        read = time.monotonic() - started
        try:
            town.report()
            said = ""
        except base.Busy as busy:
            said = str(busy)
        waited = time.monotonic() - started
    base.WAIT = usual
    town.report()
    return {"said": said, "read": read, "waited": waited, **standing(town)}


def apart():
    """While one community's head is locked, another writes; who writes to the locked one waits."""
    one, other = (make_town(slug) for slug in ("east", "west"))
    connections.close_all()
    locked, done = forks.Event(), forks.Event()

    def hold():
        with transaction.atomic():
            Head.objects.select_for_update().get(key=one.community.pk)
            locked.set()
            done.wait(20)
        connections.close_all()

    process = forks.Process(target=hold)
    process.start()
    locked.wait(20)
    started = time.monotonic()
    other.report()
    free = time.monotonic() - started
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '300ms'")
            one.report()
        waited = False
    except django.db.OperationalError as error:
        waited = "lock timeout" in str(error)
    done.set()
    process.join(20)
    return {"free": free, "waited": waited, **standing(other)}


if __name__ == "__main__":
    from .neighbours import SCENARIOS
    from .polls import SCENARIOS as OF_VOTES

    own = (one_town, three_towns, clicks, race, gate, stuck, apart)
    known = {scenario.__name__: scenario for scenario in (*own, *SCENARIOS, *OF_VOTES)}
    print(json.dumps({name: known[name]() for name in sys.argv[1:]}))
