"""Data for machine translation made of bitexts: filtered, without duplicates, in three parts, the same every time.

cleaning   which pairs are fit to learn from, and why the others are not
parting    train, dev and test, by documents
subwords   a joint model of subwords (SentencePiece) of the train part
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bialign import __version__
from bialign.bitext import Bitext
from bialign.errors import BialignError
from bialign.formats.files import Output, write_whole
from bialign.formats.identifiers import side_names
from bialign.formats.jsonl import line
from bialign.mt.cleaning import Filters, Pair, cleaned
from bialign.mt.parting import PARTS, Parts, part

__all__ = ["FORMATS", "PARTS", "Built", "Filters", "Recipe", "build"]

FORMATS = ("moses", "jsonl", "parquet")


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hold how data are made; `dev` and `test` are shares of the pairs, `subword` the size of a vocabulary or 0."""

    filters: Filters = field(default_factory=Filters)
    dev: float = 0.05
    test: float = 0.05
    seed: int = 1
    subword: int = 0
    formats: tuple[str, ...] = ("moses",)

    def __post_init__(self) -> None:
        if not (self.dev >= 0 and self.test >= 0 and self.dev + self.test < 1):
            raise ValueError("dev and test are shares of the pairs, together less than 1")
        if not self.formats or not set(self.formats) <= set(FORMATS):
            raise ValueError(f"the formats are {', '.join(FORMATS)}")


@dataclass(frozen=True, slots=True)
class Built:
    """Tell what was made: the files, pairs in each part, pairs left out by rule, and what the parts are made of."""

    files: tuple[Path, ...]
    sizes: Mapping[str, int]
    left_out: Mapping[str, int]
    unit: str
    vocabulary: int = 0


def build(bitexts: Iterable[Bitext], folder: Path | str, recipe: Recipe | None = None, *, command: str = "") -> Built:
    """Write the data into a folder, all of its files or none, with a manifest.json that says how they came about.

    The same bitexts and recipe give the same bytes. No document is in two parts; where there are fewer documents than
    parts, blocks of pairs that follow each other stand for them. Raises BialignError where no pair is left, where the
    bitexts are in several pairs of languages, or the vocabulary cannot be as large or small; MissingExtra for Parquet
    without pyarrow.
    """
    recipe, folder = recipe or Recipe(), Path(folder)
    bitexts = list(bitexts)
    sides = _sides(bitexts)
    pairs, left_out = cleaned(bitexts, recipe.filters)
    if not pairs:
        raise BialignError("no pair is left to learn from: see which rules leave them out", place=str(folder))
    parts = part(pairs, recipe.dev, recipe.test, recipe.seed)
    left_out |= parts.left_out
    hashes: dict[str, str] = {}
    outputs: list[Output] = [
        (folder / name, _hashed(name, chunks, hashes)) for name, chunks in _files(parts, sides, recipe.formats)
    ]
    vocabulary = 0
    if recipe.subword:
        from bialign.mt.subwords import train

        texts = (text for pair in parts.pairs["train"] for text in (pair.source, pair.target))
        model, listed, vocabulary = train(texts, recipe.subword, recipe.seed)
        outputs += [
            (folder / name, _hashed(name, [data], hashes))
            for name, data in (("subword.model", model), ("subword.vocab", listed))
        ]
    manifest = {
        "made_by": f"bialign {__version__}",
        "command": command,
        "recipe": asdict(recipe),
        "languages": list(sides),
        "parted_by": parts.unit,
        "documents": _documents(bitexts, parts),
        "left_out": left_out,
        "pairs": {name: len(held) for name, held in parts.pairs.items()},
        "vocabulary": vocabulary,
    }
    outputs.append((folder / "manifest.json", _manifest(manifest, hashes)))
    files = write_whole(outputs, folders=[folder])
    return Built(files, manifest["pairs"], left_out, parts.unit, vocabulary)  # type: ignore[arg-type]


def _sides(bitexts: Sequence[Bitext]) -> tuple[str, str]:
    found = {side_names(bitext) for bitext in bitexts}
    if len(found) > 1:
        listed = ", ".join("-".join(names) for names in sorted(found))
        raise BialignError("these bitexts are in several pairs of languages: {found}", found=listed)
    return found.pop() if found else ("source", "target")


def _files(
    parts: Parts, sides: tuple[str, str], formats: Sequence[str]
) -> Iterator[tuple[str, Iterable[str] | Iterable[bytes]]]:
    for name, pairs in parts.pairs.items():
        if "moses" in formats:
            yield f"{name}.{sides[0]}", (pair.source + "\n" for pair in pairs)
            yield f"{name}.{sides[1]}", (pair.target + "\n" for pair in pairs)
            yield f"{name}.ids", (f"{pair.id}\t{pair.probability:.4f}\n" for pair in pairs)
        if "jsonl" in formats:
            yield f"{name}.jsonl", (line(_record(pair, sides)) for pair in pairs)
        if "parquet" in formats:
            from bialign.formats.parquet import pair_schema, written

            yield f"{name}.parquet", written(pair_schema(sides), (_record(pair, sides) for pair in pairs))


def _record(pair: Pair, sides: tuple[str, str]) -> dict[str, object]:
    return {
        "id": pair.id,
        "doc": pair.document,
        "probability": round(pair.probability, 4),
        "translation": {sides[0]: pair.source, sides[1]: pair.target},
    }


def _documents(bitexts: Sequence[Bitext], parts: Parts) -> list[dict[str, Any]]:
    """Tell of each bitext what it was made with, a hash of its pairs, and how many are in which part."""
    found = []
    for bitext in bitexts:
        digest = hashlib.sha256()
        for bead in bitext.beads:
            digest.update(f"{bitext.source_text(bead)}\t{bitext.target_text(bead)}\n".encode("utf-8", "surrogatepass"))
        counts = {name: sum(pair.document == bitext.id for pair in held) for name, held in parts.pairs.items()}
        found.append(
            {
                "id": bitext.id,
                "signature": bitext.signature,
                "beads": len(bitext.beads),
                "sha256": digest.hexdigest(),
                "pairs": counts,
            }
        )
    return found


def _hashed(name: str, chunks: Iterable[str] | Iterable[bytes], hashes: dict[str, str]) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for chunk in chunks:
        data = chunk.encode("utf-8") if isinstance(chunk, str) else chunk
        digest.update(data)
        yield data
    hashes[name] = digest.hexdigest()


def _manifest(manifest: dict[str, object], hashes: dict[str, str]) -> Iterator[str]:
    # written last, when the hashes of the other files are known
    yield json.dumps(manifest | {"files": hashes}, ensure_ascii=False, indent=2, default=list) + "\n"
