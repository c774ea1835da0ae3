"""Build a corpus from its recipe: repair and check, split, align, measure against gold, write every format.

Beside the files of each document a corpus file with all of them is built, ``build/<name of the corpus>.bialign``. What
people decided is done again on it: the decisions of the recipe, and those made in the corpus file that was built last.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bialign import formats
from bialign.bitext import Bead, Bitext, Document, Segment
from bialign.boilerplate import without
from bialign.corpus import Corpus
from bialign.corpus.decisions import Decisions, Unplaced
from bialign.corpus.decisions_file import load as load_decisions
from bialign.corpus.names import file_name
from bialign.corpus.recipes import recipe_of
from bialign.evaluate import Evaluation, evaluate
from bialign.pipeline import Progress, align, align_segments
from bialign.recipe import RecipeFile, RecipeText, load_recipe
from bialign.split.exceptions import Exceptions, load_exceptions
from bialign.split.srx import SrxRules, load_srx
from bialign.store.database import replace as replace_corpus
from bialign.termbase import Termbase

FORMATS = ("beads", "tsv", "tmx", "jsonl", "html")


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """Hold what was made of one document of a recipe.

    `evaluation` compares with the gold, where there is any: of the beads built, when `same_segments` says that our
    segments are the hand-made ones; else of beads aligned from the hand-made segments. `decisions` counts what people
    decided and was done again, `unplaced` is what could not be.
    """

    bitext: Bitext
    files: tuple[Path, ...]
    evaluation: Evaluation | None = None
    same_segments: bool = True
    decisions: int = 0
    unplaced: tuple[Unplaced, ...] = ()


@dataclass(frozen=True, slots=True)
class _Splitting:
    """Hold what the recipe says of splitting."""

    exceptions: Mapping[str, Exceptions]
    rules: SrxRules | None


def build(
    folder: Path, *, ui_lang: str = "en", progress: Callable[[str, str, float], None] | None = None
) -> tuple[BuiltDocument, ...]:
    """Build every document of the recipe in a folder into its ``build`` folder.

    `progress` gets the document's id, the stage and the share done. Raises FormatError, with the line of the recipe,
    for what the recipe gets wrong, and whatever the stages raise.
    """
    file = load_recipe(folder)
    glossary = file.recipe.glossary
    termbase = Termbase.load(file.file("glossary", glossary)) if glossary else None
    exceptions = load_exceptions(file.file("exceptions", file.recipe.exceptions)) if file.recipe.exceptions else {}
    splitting = _Splitting(exceptions, load_srx(file.file("srx", file.recipe.srx)) if file.recipe.srx else None)
    decided = _decided(file)
    out = file.folder / "build"
    out.mkdir(exist_ok=True)
    built = [
        _build_document(file, number, splitting, termbase, _reporter(progress, document.id))
        for number, document in enumerate(file.recipe.documents)
    ]
    built = _write_corpus(file, built, termbase, decided)
    for document in built:
        for path in document.files:
            formats.write(document.bitext, path, termbase=termbase, ui_lang=ui_lang)
    return tuple(built)


def corpus_path(folder: Path) -> Path:
    """Name the corpus file that is built of the recipe in a folder."""
    file = load_recipe(folder)
    return file.folder / "build" / f"{file_name(file.recipe.corpus)}.bialign"


def _decided(file: RecipeFile) -> dict[str, list[Decisions]]:
    """Gather what people decided, by document: in the corpus file that was built last, then what the recipe names."""
    found: dict[str, list[Decisions]] = {}
    old = corpus_path(file.folder)
    sources = []
    if old.is_file():
        with Corpus(old) as corpus:
            sources.append(corpus.decisions())
    if file.recipe.decisions:
        sources.append(load_decisions(file.file("decisions", file.recipe.decisions)))
    known = {document.id for document in file.recipe.documents}
    for decided in sources:
        for name, decisions in decided.items():
            if name not in known:
                raise file.error("documents", "people have decided about {name}, which is not here", name=name)
            found.setdefault(name, []).append(decisions)
    return found


def _write_corpus(
    file: RecipeFile,
    built: Sequence[BuiltDocument],
    termbase: Termbase | None,
    decided: Mapping[str, Sequence[Decisions]],
) -> list[BuiltDocument]:
    """Write all bitexts and the glossary into a new corpus file, which then takes the place of the old one.

    Give the documents as they are after what people decided. An old corpus file with decisions is kept beside.
    """
    path = corpus_path(file.folder)
    done: list[BuiltDocument] = []
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        with Corpus.create(beside, title=file.recipe.title or file.recipe.corpus, who="bialign build") as corpus:
            for number, document in enumerate(built):
                recipe = file.recipe.documents[number]
                texts = [file.file(f"documents[{number}]", side.text) for side in (recipe.source, recipe.target)]
                corpus.add_bitext(
                    document.bitext,
                    recipe=recipe_of("built", (texts[0], texts[1]), signature=document.bitext.signature),
                )
            if termbase is not None:
                corpus.set_glossary(termbase)
            done = [_decide(corpus, document, decided.get(document.bitext.id, ())) for document in built]
        if decided and path.is_file():
            replace_corpus(path, path.with_name(f"{path.stem}.previous{path.suffix}"))
        replace_corpus(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return done


def _decide(corpus: Corpus, document: BuiltDocument, decided: Sequence[Decisions]) -> BuiltDocument:
    """Do again what people decided about a document."""
    if not decided:
        return document
    name = document.bitext.id
    unplaced = [one for decisions in decided for one in corpus.replay({name: decisions}).get(name, ())]
    number = sum(map(len, decided)) - len(unplaced)
    return replace(document, bitext=corpus.bitext(name), decisions=number, unplaced=tuple(unplaced))


def _reporter(progress: Callable[[str, str, float], None] | None, id: str) -> Progress | None:
    return None if progress is None else lambda stage, share: progress(id, stage, share)


def _build_document(
    file: RecipeFile, number: int, splitting: _Splitting, termbase: Termbase | None, progress: Progress | None
) -> BuiltDocument:
    languages, document = file.recipe.languages, file.recipe.documents[number]
    element = f"documents[{number}]"
    source = _read(file, f"{element}.source", document.source, languages.source, document.id)
    target = _read(file, f"{element}.target", document.target, languages.target, document.id)
    bitext = align(
        source,
        target,
        exceptions=splitting.exceptions,
        rules=splitting.rules,
        termbase=termbase,
        progress=progress,
    )
    bitext = replace(bitext, id=document.id)
    files = [file.folder / "build" / f"{document.id}.{suffix}" for suffix in FORMATS]
    if not document.gold:
        return BuiltDocument(bitext, tuple(files))
    evaluation, same = _evaluate(file, f"{element}.gold", document.gold, bitext)
    return BuiltDocument(bitext, tuple(files), evaluation, same)


def _read(file: RecipeFile, element: str, text: RecipeText, lang: str, id: str) -> Document:
    from bialign.readers import read

    path = file.file(f"{element}.text", text.text)
    lang = text.lang or lang
    document = read(path, encoding=text.encoding or None, lang=lang or None, also=text.also)
    if text.seed:
        _check_seed(file, f"{element}.seed", file.file(f"{element}.seed", text.seed), document, text.also)
    if text.drop:
        document = without(document, text.drop)
    return replace(
        document,
        id=f"{id}.{lang}" if lang else document.id,
        title=text.title or document.title,
        origin=text.origin or document.origin,
        licence=text.licence,
    )


def _check_seed(file: RecipeFile, element: str, seed: Path, document: Document, also: Sequence[str]) -> None:
    """Raise FormatError unless the text is what repair makes of its seed, line by line."""
    from bialign.readers import read

    wanted = read(seed, lang=document.lang or None, also=also).text.rstrip("\n").split("\n")
    found = document.text.rstrip("\n").split("\n")
    if wanted == found:
        return
    pairs = zip(wanted, found, strict=False)
    number = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(wanted), len(found))) + 1
    template = "line {number} of the text is not what repair makes of its seed {seed}"
    raise file.error(element, template, number=number, seed=seed.name)


def _evaluate(file: RecipeFile, element: str, name: str, bitext: Bitext) -> tuple[Evaluation, bool]:
    from bialign.formats.beads import load_beads
    from bialign.readers import read_lines

    path = file.file(element, name)
    gold = load_beads(path)
    beside = [path.with_suffix(suffix) for suffix in (".src", ".tgt")]
    if not all(lines.is_file() for lines in beside):
        wanted = _sizes(gold)
        found = f"{len(bitext.source_segments)} + {len(bitext.target_segments)}"
        if wanted != found:
            template = "the gold is of {wanted} segments, the texts have {found}: put .src and .tgt beside the gold"
            raise file.error(element, template, wanted=wanted, found=found)
        return evaluate(gold, bitext.beads), True
    source, target = (read_lines(lines) for lines in beside)
    if _texts(bitext.source_segments) == source and _texts(bitext.target_segments) == target:
        return evaluate(gold, bitext.beads), True
    again = align_segments(source, target, source_lang=bitext.source.lang, target_lang=bitext.target.lang)
    return evaluate(gold, again.beads), False


def _sizes(beads: Sequence[Bead]) -> str:
    source = max((bead.source.stop for bead in beads), default=0)
    target = max((bead.target.stop for bead in beads), default=0)
    return f"{source} + {target}"


def _texts(segments: Sequence[Segment]) -> list[str]:
    # a segment may keep a line break of its document, which a file of one segment a line cannot
    return [" ".join(segment.text.split()) for segment in segments]
