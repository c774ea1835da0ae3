-- The one schema of a corpus file. Every table that a person's work can change has a single key, `id`, so that the
-- history can hold any change as "this row was that row". Ids are never used twice (AUTOINCREMENT).

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE document (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    lang TEXT NOT NULL,
    title TEXT NOT NULL,
    origin TEXT NOT NULL,
    encoding TEXT NOT NULL,
    licence TEXT NOT NULL,
    head TEXT NOT NULL,       -- what stands before the first segment
    fixes BLOB,               -- what repair changed: compressed JSON, of the text as it was brought in
    corrected INTEGER NOT NULL DEFAULT 0  -- how often its text has been corrected since
);

-- The text, in stretches of a few thousand letters: segments in order, each with its place in the document. A place
-- is a number that never changes: a segment cut off from number 12 becomes number 12.5.
CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document (id),
    first REAL NOT NULL,      -- the place of its first segment
    data BLOB NOT NULL        -- compressed JSON: see passages.py
);
CREATE UNIQUE INDEX passage_place ON passage (document, first);

-- What the paragraphs from number `first` on are, where it is known, until the next row.
CREATE TABLE paragraph (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document (id),
    first INTEGER NOT NULL,
    kind TEXT NOT NULL
);
CREATE UNIQUE INDEX paragraph_place ON paragraph (document, first);

-- Marks for citation. A run marks `run` segments one after the other, with labels that count on by one.
CREATE TABLE anchor (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document (id),
    kind TEXT NOT NULL,
    place REAL NOT NULL,      -- of the segment it belongs to
    shift INTEGER NOT NULL,   -- letters from that segment's start
    label TEXT NOT NULL,
    run INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX anchor_place ON anchor (document, kind, place);

CREATE TABLE bitext (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    source INTEGER NOT NULL REFERENCES document (id),
    target INTEGER NOT NULL REFERENCES document (id),
    signature TEXT NOT NULL,  -- the line of settings that made its beads
    recipe TEXT NOT NULL      -- how its texts came in, as JSON
);

-- Beads tile both texts: each begins where the one before it ends. (source, target) are the places of its first
-- segments, or of the next ones after it where a side is empty (infinity at the end of the text).
CREATE TABLE bead (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bitext INTEGER NOT NULL REFERENCES bitext (id),
    source REAL NOT NULL,
    target REAL NOT NULL,
    sources INTEGER NOT NULL, -- how many segments
    targets INTEGER NOT NULL,
    probability REAL NOT NULL,
    status INTEGER NOT NULL DEFAULT 0,  -- 0 unreviewed, 1 confirmed, 2 rejected, 3 doubtful
    reason TEXT,
    comment TEXT
);
CREATE INDEX bead_place ON bead (bitext, source, target);
-- only what a person has looked at: few, and asked for often
CREATE INDEX bead_status ON bead (bitext, status) WHERE status <> 0;

-- What files said of beads that has no place of its own here, to be written out again: see extras.py. Of the beads
-- from id `first` to `last`, and of the bitext itself under 0; a row counts more than one with a smaller id.
CREATE TABLE extra (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bitext INTEGER NOT NULL REFERENCES bitext (id),
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    data BLOB NOT NULL        -- compressed JSON
);
CREATE INDEX extra_beads ON extra (bitext, first, last);

CREATE TABLE move (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bitext INTEGER NOT NULL REFERENCES bitext (id),
    source REAL NOT NULL,
    target REAL NOT NULL,
    sources INTEGER NOT NULL,
    targets INTEGER NOT NULL,
    probability REAL NOT NULL
);
CREATE INDEX move_bitext ON move (bitext);

CREATE TABLE concept (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL        -- JSON
) WITHOUT ROWID;

-- What people said of what a program proposed: this finding is to be ignored, that candidate is no term. Under the
-- topic "scheme" stand the schemes of annotation that are in use, as JSON in the note.
CREATE TABLE verdict (
    id TEXT PRIMARY KEY,      -- the topic ("check", "extraction", "scheme") and, after a space, what names the thing in it
    verdict TEXT NOT NULL,    -- "ignored", "rejected"
    note TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE annotation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bitext INTEGER NOT NULL REFERENCES bitext (id),
    scheme TEXT NOT NULL,
    label TEXT NOT NULL,
    who TEXT NOT NULL,
    spans TEXT NOT NULL,      -- JSON: see marking.py
    note TEXT
);
CREATE INDEX annotation_bitext ON annotation (bitext);

-- The history: nothing is ever taken out of it. An undo is an event of its own that names the one it undoes.
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,         -- UTC, ISO 8601
    who TEXT NOT NULL,
    what TEXT NOT NULL,       -- the name of the edit
    bitext INTEGER,           -- where it happened, if in one place
    details TEXT NOT NULL,    -- JSON, for people
    changes BLOB NOT NULL,    -- the rows before and after: see changes.py
    undoes INTEGER REFERENCES event (id),
    state INTEGER NOT NULL DEFAULT 0  -- 0 in force, 1 undone, 2 undone and not to be redone
);
CREATE INDEX event_state ON event (state, id);

-- The words of each bead by its id, as index.py writes them: folded, those of the target with a mark before each.
-- Derived: `check` can make it anew.
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 0'
);
