"""Learning as a Django app: it stands in for the plain adviser of reports, beside cases, and among the chores."""

from django.apps import AppConfig


class Learning(AppConfig):
    name = "mulin.learning"

    def ready(self) -> None:
        from mulin.cases.queries import advise_by
        from mulin.cases.rules import takes_part
        from mulin.kernel.worker import CHORES
        from mulin.web.beside import stand_beside

        from .actions import learn_at_night
        from .pages import alike, answered, kinds, taken_in
        from .queries import Learnt

        advise_by(Learnt())
        CHORES.append(learn_at_night)
        for each in (alike, kinds, answered):  # what was written before takes a while to look through
            stand_beside("cases.case", each, later=takes_part)
        for page in ("cases.case", "cases.outside"):
            stand_beside(page, taken_in, "main")
        stand_beside("cases.case/correct", kinds, "main")
        stand_beside("cases.case/merge", alike, "main")
        for verb in ("solve", "ask", "refuse"):
            stand_beside(f"cases.case/{verb}", answered, "main")
