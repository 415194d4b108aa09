"""`mulin learn`: learn from communities' cases, or measure the classifier on a file of texts with labels."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.table import Table

from mulin.config.management.bringing.showing import community_named
from mulin.config.management.house import HouseCommand
from mulin.kernel.refusals import Refused
from mulin.learning import actions, queries
from mulin.learning.figures import files, folds

WRONG = 2  # the exit code of a file that cannot be measured
WAYS = {"mulin": folds.by_model, "most_frequent": folds.by_most_frequent, "character_ngrams": folds.by_pieces}


class Command(HouseCommand):
    help = "Learn categories, places and answers from communities' own cases; or measure the classifier on a file."
    stopped = gettext_lazy("Stopped. What was learnt before stays; run it again for the rest.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--community", metavar="KEY", help="only this one, by its address; without it all")
        parser.add_argument("--evaluate", metavar="FILE.csv", type=Path, help="measure on a file: columns text, label")
        parser.add_argument("--folds", type=int, default=5, metavar="N", help="parts of the file, each tried once")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed shares the rows out alike")
        parser.add_argument("--json", action="store_true", help="one document for programs")

    def act(self, options: dict[str, Any]) -> None:
        if options["evaluate"]:
            self._evaluate(options)
        else:
            self._learn(options["community"] or "", as_json=options["json"])

    def _learn(self, slug: str, *, as_json: bool) -> None:
        learnt = []
        for community in [community_named(slug)] if slug else queries.communities():
            with self.progress(community) as tell:
                taught = actions.learn(community, tell)
            learnt.append({"community": community.slug, **asdict(taught)})
            if not as_json:
                self.stdout.write(self._told(community, taught))
        if as_json:
            self.stdout.write(json.dumps({"items": learnt}, ensure_ascii=False, indent=1))

    def _told(self, community: Any, taught: actions.Taught) -> str:
        said = {"community": community, "cases": taught.cases, "kinds": taught.categories, "words": taught.words}
        if not taught.is_new:
            return _("%(community)s: nothing new in %(cases)s cases.") % said
        if not taught.categories:
            return _("%(community)s: %(cases)s cases are too few; the rule words speak until there are more.") % said
        return _("%(community)s: %(kinds)s categories learnt from %(cases)s cases by %(words)s words.") % said

    def _evaluate(self, options: dict[str, Any]) -> None:
        count = options["folds"]
        try:
            found = files.read(options["evaluate"])
            files.check(found.labels, count)
        except Refused as refused:
            raise CommandError(str(refused), returncode=WRONG) from None
        except OSError as error:
            why = {"file": error.filename or "", "why": error.strerror or str(error)}
            raise CommandError(str(self.broken % why), returncode=WRONG) from None
        fold, scores, by_fold = folds.folds(found.labels, count, options["seed"]), {}, {}
        with self.progress(_("Measuring")) as tell:
            for name, way in WAYS.items():
                guessed = folds.by_folds(
                    found.texts,
                    found.labels,
                    fold,
                    way,
                    lambda done, name=name: tell(name, done),  # type: ignore[misc]
                )
                scores[name] = folds.score(found.labels, guessed)
                by_fold[name] = [self._one(found.labels, guessed, fold, at) for at in range(count)]
        said = self._document(options, found, scores, by_fold)
        if options["json"]:
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))
        else:
            self._table(said)

    def _one(self, labels: list[str], guessed: list[str], fold: list[int], at: int) -> float:
        rows = [row for row, each in enumerate(fold) if each == at]
        return round(folds.score([labels[row] for row in rows], [guessed[row] for row in rows]).macro_f1, 4)

    def _document(
        self,
        options: dict[str, Any],
        found: files.Texts,
        scores: dict[str, folds.Score],
        by_fold: dict[str, list[float]],
    ) -> dict[str, Any]:
        short = {
            name: {"macro_f1": round(one.macro_f1, 4), "accuracy": round(one.accuracy, 4), "by_fold": by_fold[name]}
            for name, one in scores.items()
        }
        mulin, others = short.pop("mulin"), short
        labels = [{**asdict(each), **{key: round(getattr(each, key), 4) for key in ("precision", "recall", "f1")}}
                  for each in scores["mulin"].labels]  # fmt: skip
        return {
            "file": options["evaluate"].name, "rows": len(found.texts), "left_out": found.left_out,
            "labels": len(labels), "folds": options["folds"], "seed": options["seed"], **mulin, "baselines": others,
            "per_label": labels,
        }  # fmt: skip

    def _table(self, said: dict[str, Any]) -> None:
        console = Console(file=cast(IO[str], self.stdout._out), highlight=False)
        words = _(
            "%(rows)s texts with %(labels)s labels, %(folds)s folds; %(left_out)s rows without text or label left out."
        )
        console.print(words % said)
        table = Table("", _("macro-F1"), _("right"))
        rows = {_("Mulin"): said, _("most frequent label"): said["baselines"]["most_frequent"]}
        rows[_("pieces of characters")] = said["baselines"]["character_ngrams"]
        for name, one in rows.items():
            table.add_row(name, f"{one['macro_f1']:.3f}", f"{one['accuracy']:.1%}")
        console.print(table)
        table = Table(_("label"), _("rows"), _("precision"), _("recall"), "F1")
        for each in said["per_label"]:
            table.add_row(
                each["label"], str(each["rows"]), *(f"{each[name]:.2f}" for name in ("precision", "recall", "f1"))
            )
        console.print(table)
