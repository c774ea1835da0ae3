"""The doctor on the pages: what a file is, which programs would refuse it and where, and the file mended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bialign.cli.console import printable
from bialign.cli.messages import Messages
from bialign.errors import BialignError
from bialign.web.answers import answer, messages
from bialign.web.api import session_of
from bialign.web.exporting import attached, file_of
from bialign.web.uploads import Upload, keep, named_as_dropped

if TYPE_CHECKING:
    from bialign.doctor import Finding, Report

_SEVERITIES = ("refuses", "loses", "warns")


async def examine(request: Request) -> Response:
    """Examine a file that was dropped, whatever it is."""
    session, say = session_of(request), messages(request)
    async with request.form(max_files=1) as form:
        files = [file for file in form.getlist("files") if isinstance(file, UploadFile)]
        if not files:
            raise BialignError("there is no file to examine: choose one")
        one = await run_in_threadpool(keep, session.uploads, files[0])
    return answer(await run_in_threadpool(_examined, one, "", say))


class Asked(msgspec.Struct, forbid_unknown_fields=True):
    """Hold for which program a file is to be examined, "" for all."""

    program: str = ""


async def examine_again(request: Request) -> Response:
    """Examine a file for another program, or tell of it in another language."""
    wanted = msgspec.json.decode(await request.body(), type=Asked)
    one = session_of(request).uploads.get(int(request.path_params["upload"]))
    return answer(await run_in_threadpool(_examined, one, wanted.program, messages(request)))


def mended(request: Request) -> Response:
    """Give the file with all that can safely be cured."""
    from bialign.doctor import fix

    one = session_of(request).uploads.get(int(request.path_params["upload"]))
    program = request.query_params.get("program", "")
    goal = one.path.with_name(f"mended-{one.path.name}")
    try:
        fix(one.path, goal, [program] if program else (), replace=True)
    except BialignError as error:
        raise named_as_dropped(error, one) from None
    return attached(goal, one.name)


def _examined(one: Upload, program: str, say: Messages) -> dict[str, Any]:
    try:
        told = diagnosis(one.path, program, say)
    except BialignError as error:
        raise named_as_dropped(error, one) from None
    return {"id": one.id, "name": one.name, **told}


def diagnosis(path: Path, program: str, say: Messages) -> dict[str, Any]:
    """Examine a file, and tell of it; raises what `doctor.examine` does."""
    from bialign.doctor import examine

    report = examine(path, [program] if program else ())
    rules = dict.fromkeys(finding.rule for finding in report.findings)
    told = [_rule([one for one in report.findings if one.rule == rule], report, say) for rule in rules]
    told.sort(key=lambda one: _SEVERITIES.index(one["severity"]))
    what = report.what
    return {
        "format": " ".join(part for part in (what.format.upper(), what.version) if part),
        "facts": [printable(part) for part in (what.encoding, what.program, ", ".join(what.langs)) if part],
        "units": what.units,
        "findings": told,
        "fixable": report.fixable,
    }


def _rule(findings: list[Finding], report: Report, say: Messages) -> dict[str, Any]:
    """Tell of all breaches of one rule."""
    first = findings[0]
    places = [{"where": _where(one, say), "excerpt": printable(one.excerpt)} for one in findings]
    return {
        "rule": first.rule,
        "severity": first.severity,
        "message": _said(first.template, first, say),
        "cure": _said(first.cure, first, say),
        "effects": {
            severity: [name for name, effect in first.effects if effect == severity] for severity in _SEVERITIES
        },
        "count": report.counts.get(first.rule, len(findings)),
        "places": [place for place in places if place["where"] or place["excerpt"]],
        "fixable": any(one.fixable for one in findings),
    }


def _said(template: str, finding: Finding, say: Messages) -> str:
    fields = {name: say(value) if isinstance(value, str) else value for name, value in finding.fields.items()}
    return printable(say(template, **fields))


def _where(finding: Finding, say: Messages) -> str:
    place = finding.place
    line = say("line {line}", line=place.line) if place.line else ""
    element = f"({place.element})" if place.element else ""
    return printable(" ".join(part for part in (place.part, line, place.cell, element) if part))


def exported(request: Request) -> Response:
    """Examine a file that was exported, for the program it was made for."""
    file = file_of(request)
    return answer(diagnosis(file, request.query_params.get("program", ""), messages(request)))


ROUTES = [
    Route("/api/exports/{export:int}/{file:int}/check", exported),
    Route("/api/doctor", examine, methods=["POST"]),
    Route("/api/doctor/{upload:int}", examine_again, methods=["POST"]),
    Route("/api/doctor/{upload:int}/mended", mended),
]
