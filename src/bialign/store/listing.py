"""What a corpus holds, listed without its texts: documents, beads page by page, counts; what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from bialign.bitext import STATUSES, Status
from bialign.store.beads import StoredBead
from bialign.store.changes import COLUMNS
from bialign.store.database import Database


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """Tell of a document without its text."""

    id: int
    name: str
    lang: str
    title: str
    origin: str


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """Tell of a move: the places of its first segments, and how many it has on both sides."""

    id: int
    source: float
    target: float
    sources: int
    targets: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Count the beads of a bitext: all, by status in the order of STATUSES, with one side only, and the segments.

    `doubtful` are those that are called so, or unreviewed and more likely wrong than right. `words` of a document can
    be kept by its `corrected`, as only corrections change them.
    """

    beads: int
    by_status: tuple[int, ...]
    doubtful: int
    omissions: int
    additions: int
    segments: tuple[int, int]
    moves: int
    corrected: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """Choose beads: of a status, of a type such as "1-2", less probable than `below`; what is None chooses nothing."""

    status: Status | None = None
    type: str | None = None
    below: float | None = None

    def where(self) -> tuple[str, list[object]]:
        """Give the condition in SQL, and its values."""
        terms: list[str] = ["bitext = ?"]
        values: list[object] = []
        if self.status is not None:
            if self.status not in STATUSES:
                raise ValueError(f"bead status {self.status!r} is none of {', '.join(STATUSES)}")
            terms.append("status = ?")
            values.append(STATUSES.index(self.status))
        if self.type is not None:
            sizes = self.type.split("-")
            if len(sizes) != 2 or not all(size.isascii() and size.isdigit() for size in sizes):
                raise ValueError(f"a bead's type reads 1-2, not {self.type}")
            terms.append("sources = ? AND targets = ?")
            values += map(int, sizes)
        if self.below is not None:
            terms.append("probability < ?")
            values.append(self.below)
        return " AND ".join(terms), values


def documents(database: Database) -> dict[int, DocumentEntry]:
    """Tell of all documents, by their ids."""
    rows = database.rows("SELECT id, name, lang, title, origin FROM document ORDER BY id")
    return {row[0]: DocumentEntry(*row) for row in rows}


def names(database: Database) -> dict[int, str]:
    """Give the names of all bitexts, by their ids."""
    return dict(database.rows("SELECT id, name FROM bitext"))


def recipes(database: Database) -> list[tuple[str, str]]:
    """Give name and recipe of all bitexts."""
    return [(name, recipe) for name, recipe in database.rows("SELECT name, recipe FROM bitext ORDER BY id")]


def page(
    database: Database, bitext: int, choice: Choice, start: int, limit: int, *, doubtful_first: bool = False
) -> list[StoredBead]:
    """Give `limit` of the chosen beads from number `start` on, in their order or the least probable first."""
    where, values = choice.where()
    order = "probability, source, target" if doubtful_first else "source, target"
    sql = f"SELECT {', '.join(COLUMNS['bead'])} FROM bead WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"
    return [StoredBead._make(row) for row in database.rows(sql, bitext, *values, limit, start)]


def count(database: Database, bitext: int, choice: Choice) -> int:
    """Count the chosen beads."""
    where, values = choice.where()
    row = database.row(f"SELECT count(*) FROM bead WHERE {where}", bitext, *values)
    assert row is not None
    return int(row[0])


def types(database: Database, bitext: int) -> dict[str, int]:
    """Count the beads of a bitext by type, the most frequent first."""
    sql = """SELECT sources, targets, count(*) FROM bead WHERE bitext = ?
             GROUP BY sources, targets ORDER BY count(*) DESC, sources, targets"""
    return {f"{sources}-{targets}": number for sources, targets, number in database.rows(sql, bitext)}


def counts(database: Database) -> dict[int, Counts]:
    """Count the beads of all bitexts, by their ids."""
    states = ", ".join(f"sum(b.status = {number})" for number in range(len(STATUSES)))
    sql = f"""SELECT t.id, count(b.id), {states}, sum(b.status = 3 OR b.status = 0 AND b.probability < .5),
                sum(b.targets = 0), sum(b.sources = 0), sum(b.sources), sum(b.targets),
                (SELECT count(*) FROM move WHERE bitext = t.id),
                (SELECT corrected FROM document WHERE id = t.source),
                (SELECT corrected FROM document WHERE id = t.target)
              FROM bitext t LEFT JOIN bead b ON b.bitext = t.id GROUP BY t.id ORDER BY t.id"""
    found = {}
    for id, beads, *rest in database.rows(sql):
        numbers = [int(number or 0) for number in rest]
        by_status, (doubtful, omissions, additions, sources, targets, moves, *corrected) = numbers[:4], numbers[4:]
        sides = (sources, targets), (corrected[0], corrected[1])
        found[id] = Counts(beads, tuple(by_status), doubtful, omissions, additions, sides[0], moves, sides[1])
    return found


def outline(database: Database, bitext: int) -> list[tuple[int, int, int, bool]]:
    """Give of every bead, in order, its id, probability in thousandths, sizes and status, and whether it is commented.

    Sizes and status are one number, ``sources << 12 | targets << 2 | status``. Only what is certain has a thousand.
    """
    sql = """SELECT id, CASE WHEN probability >= 1 THEN 1000 ELSE min(999, CAST(probability * 1000 AS INTEGER)) END,
               (sources << 12) | (targets << 2) | status, comment IS NOT NULL
             FROM bead WHERE bitext = ? ORDER BY source, target"""
    return database.rows(sql, bitext)


def moves(database: Database, bitext: int) -> list[MoveEntry]:
    """Give the moves of a bitext, in the order they were found."""
    sql = "SELECT id, source, target, sources, targets FROM move WHERE bitext = ? ORDER BY id"
    return [MoveEntry(*row) for row in database.rows(sql, bitext)]


def set_meta(database: Database, name: str, value: str) -> None:
    """Let the corpus say something of itself, as its "title"."""
    database.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)


def concepts(database: Database) -> dict[str, str]:
    """Give the rows of the glossary: JSON by id."""
    return dict(database.rows("SELECT id, data FROM concept ORDER BY id"))


def verdicts(database: Database, topic: str) -> dict[str, tuple[str, str]]:
    """Give what people said of the things of a topic: (verdict, note) by what names the thing."""
    start = f"{topic} "
    rows = database.rows(
        "SELECT substr(id, ?), verdict, note FROM verdict WHERE id >= ? AND id < ? ORDER BY id",
        len(start) + 1, start, f"{topic}!",
    )  # fmt: skip
    return {name: (verdict, note) for name, verdict, note in rows}
