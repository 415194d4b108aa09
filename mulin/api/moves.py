"""The addresses of one resource: list, one, make, move, agree. All writes go through the kernel's door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from mulin.kernel.doors import fill_in, form_of, make_move, second
from mulin.kernel.refusals import Refused
from mulin.secrecy.codes import check_code

from . import bodies, queries
from .calls import endpoint
from .http import Call, answer
from .limits import slow_down
from .resources import Resource, address


class Word(msgspec.Struct, forbid_unknown_fields=True):
    """The second person's word."""

    agree: bool


@dataclass(frozen=True)
class Views:
    """The views of one resource."""

    resource: Resource

    def index(self, call: Call) -> HttpResponse:
        """Answer one page of the list."""
        page = self.resource.page(call, queries.read(call, self.resource.filters))
        further = getattr(page, "next", None)
        return answer(page, headers={"Link": f'<{further}>; rel="next"'} if further else None)

    def detail(self, call: Call, id: UUID) -> HttpResponse:
        """Answer one noun, as this caller may read it."""
        return self._shown(call, self._find(call, id))

    def create(self, call: Call) -> HttpResponse:
        """Make a new one."""
        draft = self.resource.draft(call) if self.resource.draft else None
        # As with every move: a stranger hears so first, unless it may be a repeat.
        asks = self.resource.asks_first and "Idempotency-Key" not in call.headers
        if draft is not None and asks and (refused := draft.flow.why_not(self.resource.create, call.viewer, draft)):
            raise refused
        body = bodies.read(call)
        once = bodies.once_of(call, body)
        form = form_of(draft, self.resource.create, by=call.viewer)
        fill_in(form, bodies.for_form(form, body), body.files)
        if not form.is_valid():
            raise bodies.errors_of(form)
        action = self.resource.model.flow.action(self.resource.create)
        made = action(by=call.viewer, community=call.community, once=once, **form.cleaned_data)
        if getattr(made, "secret", ""):
            # Whoever made it without a name reads it once here; from now on the code opens it.
            call.viewer = replace(call.viewer, holds=call.viewer.holds | {made.pk})
        response = self._shown(call, made, status=200 if getattr(made, "is_repeat", False) else 201)
        response.headers["Location"] = address(made, self.resource.name, call.community.slug)
        return response

    def move(self, call: Call, id: UUID, name: str) -> HttpResponse:
        """Make a move."""
        noun = self._find(call, id)
        flow, by = noun.flow, call.viewer
        version = bodies.version_of(call)
        if not flow[name].sources:
            raise Http404
        # A stranger hears so before anything is read, unless it may be a repeat of what was done already.
        if "Idempotency-Key" not in call.headers and (refused := flow.why_not(name, by, noun)):
            raise _conflict(refused, noun, version)
        body = bodies.read(call)
        once = bodies.once_of(call, body)
        try:
            data = bodies.for_form(form_of(noun, name, by=by), body)
            made, form = make_move(noun, name, by=by, data=data, files=body.files, version=version, once=once)
        except Refused as refused:
            raise _conflict(refused, noun, version) from None
        if made is None:
            raise bodies.errors_of(form)
        return self._shown(call, made)

    def agree(self, call: Call, id: UUID, name: str) -> HttpResponse:
        """Give the second person's word."""
        noun = self._find(call, id)
        version = bodies.version_of(call)
        body = bodies.read(call)
        try:
            word = msgspec.convert(body.data, Word, strict=body.is_json)
        except msgspec.ValidationError:
            raise bodies.invalid({"agree": [_("Send true to agree, or false to decline.")]}) from None
        if version not in (None, noun.version):
            raise Refused.stale()
        return self._shown(call, second(noun, name, by=call.viewer, agree=word.agree))

    def _find(self, call: Call, id: UUID) -> Any:
        return find(call, id, self.resource.nouns, self.resource.code_of)

    def _shown(self, call: Call, noun: Any, status: int = 200) -> HttpResponse:
        return answer(self.resource.show(call, noun), status, {"ETag": f'"{noun.version}"'})

    def urls(self) -> list[URLPattern]:
        """List the resource's addresses, below the community's."""
        name, many, area = self.resource.name, {"GET": self.index}, self.resource.area
        if self.resource.create:
            many["POST"] = self.create
        return [
            path(f"<slug:slug>/{name}", endpoint(area, **many), name=name),
            path(f"<slug:slug>/{name}/<uuid:id>", endpoint(area, GET=self.detail), name=f"{name}-one"),
            *(
                path(f"<slug:slug>/{extra.path}", endpoint(area, GET=extra.get), name=extra.path.split("/")[0])
                for extra in self.resource.extras
            ),
            path(f"<slug:slug>/{name}/<uuid:id>/<slug:name>", endpoint(area, POST=self.move), name=f"{name}-move"),
            path(
                f"<slug:slug>/{name}/<uuid:id>/<slug:name>/agree", endpoint(area, POST=self.agree), name=f"{name}-agree"
            ),
        ]


def find(call: Call, id: UUID, nouns: Callable[[Call], Any], code_of: Callable[[Any], str] | None) -> Any:
    """Find what this caller may see; a secret code opens one more, for this call. Raises Http404 and Refused."""
    code = call.headers.get("X-Case-Code", "")
    found = nouns(call).filter(pk=id).first()
    if code and code_of:
        before, call.viewer = call.viewer, replace(call.viewer, holds=call.viewer.holds | {id})
        noun = found or nouns(call).filter(pk=id).first()
        if noun is not None and check_code(code[:80], code_of(noun)):
            return noun
        call.viewer = before
        slow_down(call, "code")
        if found is not None:
            raise Refused("wrong_code", _("This code does not open it. Check it and try again."), status=403)
    if found is None:
        raise Http404
    return found


def _conflict(refused: Refused, noun: Any, version: int | None) -> Refused:
    # Whoever saw an older version hears first that it changed.
    return Refused.stale() if refused.status == 409 and version not in (None, noun.version) else refused
