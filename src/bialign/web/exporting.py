"""Texts of the corpus to files of other programs, kept aside for the browser, with a report of what each holds."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bialign.cli.messages import Messages
from bialign.corpus import Corpus
from bialign.corpus.names import file_name, file_names
from bialign.errors import CorpusError, NotFound
from bialign.formats.registry import FORMATS, profile_of
from bialign.formats.report import Report
from bialign.web.answers import answer, language, messages
from bialign.web.api import session_of
from bialign.web.exports import Exported
from bialign.web.jobs import Job
from bialign.web.session import Session
from bialign.web.views import entry_of

WHOLE = ("corpus", "decisions")
"""What is written of a corpus as a whole: a copy of its file, and what people decided, as data."""


class Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """Hold what is to be written: texts by their ids, in a format and a profile, what the languages are called."""

    format: str
    texts: list[int] = []
    profile: str = ""
    codes: tuple[str, str] = ("", "")


def formats(_: Request) -> Response:
    """Tell of all formats: their suffix, profiles, and how they take beads without a counterpart."""
    return answer(
        [
            {"name": name, "suffix": next(iter(one.suffixes), ""), "profiles": one.profiles, "nulls": one.nulls}
            for name, one in FORMATS.items()
        ]
    )


async def begin(request: Request) -> Response:
    """Begin to write files."""
    session, lang = session_of(request), language(request)
    wanted = msgspec.json.decode(await request.body(), type=Wanted)
    if wanted.format not in FORMATS and wanted.format not in WHOLE:
        raise CorpusError("no format is called {name}", name=wanted.format)
    return answer({"job": session.jobs.start(lambda job: _write(session, wanted, lang, job)).id})


def _write(session: Session, wanted: Wanted, lang: str, job: Job) -> dict[str, Any]:
    id, folder = session.exports.place()
    try:
        with session.needed().corpus() as corpus:
            if wanted.format in WHOLE:
                exported = _whole(corpus, folder, wanted.format)
            else:
                exported = _texts(corpus, folder, wanted, lang, job)
        job.progress("write", 1)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    session.exports.keep(id, exported)
    return {"export": id}


def _whole(corpus: Corpus, folder: Path, format: str) -> Exported:
    if format == "corpus":
        path = folder / f"{file_name(corpus.path.stem)}.bialign"
        corpus.backup(path)
    else:
        from bialign.corpus import decisions_file
        from bialign.formats.files import write_whole

        path = folder / f"{file_name(corpus.path.stem)}.decisions.yaml"
        write_whole([(path, [decisions_file.dumps(corpus.decisions())])])
    return Exported(folder, (path,), ())


def _texts(corpus: Corpus, folder: Path, wanted: Wanted, lang: str, job: Job) -> Exported:
    from bialign.formats import write
    from bialign.words import split_words

    names = [entry_of(corpus, id).name for id in wanted.texts]
    if not names:
        raise NotFound("there is no text to write: choose one")
    suffix = next(iter(FORMATS[wanted.format].suffixes), "")
    glossary, reports = corpus.glossary(), []
    for number, (name, stem) in enumerate(zip(names, file_names(names), strict=True)):
        job.progress("write", number / len(names))
        report = write(
            corpus.bitext(name),
            folder / f"{stem}{suffix}",
            wanted.format,
            termbase=glossary,
            ui_lang=lang,
            profile=profile_of(wanted.format, wanted.profile),
            codes=wanted.codes,
            tokenise=split_words if wanted.format == "cwb" else None,
        )
        reports.append((name, report))
    job.progress("write", 1)
    return Exported(folder, tuple(file for _, report in reports for file in report.files), tuple(reports))


def report(request: Request) -> Response:
    """Tell what was written, in the language of the page that asks."""
    exported, say = _exported(request), messages(request)
    files = [{"name": _named(exported, file), "size": file.stat().st_size} for file in exported.files]
    told = [{"text": name, "units": one.units, "notes": list(_notes(one, say))} for name, one in exported.reports]
    return answer({"files": files, "reports": told})


def _notes(report: Report, say: Messages) -> Iterator[str]:
    """Say what a file has otherwise than the corpus, and what it has not."""
    yield from (f"{count} {say(what)}" for what, count in report.changes.items() if count)
    for left in report.left_out:
        text = say("{count} {what} left out: {why}", count=left.count, what=say(left.what), why=say(left.why))
        yield text + (f" → {left.path.name}" if left.path else "")


def download(request: Request) -> Response:
    """Give one of the files, to be kept by the browser."""
    path = file_of(request)
    return attached(path, path.name)


def file_of(request: Request) -> Path:
    """Give the file of an export that a request names; NotFound where it is no longer kept."""
    exported, number = _exported(request), int(request.path_params["file"])
    if number >= len(exported.files):
        raise NotFound("these files are no longer kept: export them again")
    return exported.files[number]


def download_all(request: Request) -> Response:
    """Give all files in one archive."""
    exported = _exported(request)
    packed = exported.folder / ".all.zip"
    if not packed.exists():
        beside = packed.with_suffix(".part")
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in exported.files:
                archive.write(path, _named(exported, path))
        beside.replace(packed)
    return attached(packed, "bialign.zip")


def attached(path: Path, name: str) -> Response:
    """Give a file to be kept by the browser under a name."""
    # kept and never shown: what a text holds is not to be taken for a page of ours
    named = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return FileResponse(path, media_type="application/octet-stream", headers=named)


def _named(exported: Exported, path: Path) -> str:
    return path.relative_to(exported.folder).as_posix()


def _exported(request: Request) -> Exported:
    return session_of(request).exports.get(int(request.path_params["export"]))


ROUTES = [
    Route("/api/formats", formats),
    Route("/api/export", begin, methods=["POST"]),
    Route("/api/exports/{export:int}", report),
    Route("/api/exports/{export:int}/all", download_all),
    Route("/api/exports/{export:int}/{file:int}", download),
]
