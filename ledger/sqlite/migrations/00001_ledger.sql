-- The ledger's first schema. Numbers that name articles, statements and reviews
-- are public IDs (ledger/ids.go). A seal is a short hash of a row's values, where
-- nothing else would tell that they are what was written (seal.go). Columns called "packed", "about", "found",
-- "laid" and "rest" are zstd frames (pack.go). Times are Unix seconds where the
-- name ends in _s, else Unix microseconds.

-- +goose Up

PRAGMA user_version = 1;

-- What made findings: the JSON of onrecord.Versions, keys sorted.
CREATE TABLE versions (
  id      INTEGER PRIMARY KEY,
  made_by TEXT NOT NULL UNIQUE
);

-- Bytes as they came, once for each hash.
CREATE TABLE captures (
  id     INTEGER PRIMARY KEY,
  hash   BLOB NOT NULL UNIQUE,
  size   INTEGER NOT NULL,
  packed BLOB NOT NULL
);

CREATE TABLE publishers (
  id     INTEGER PRIMARY KEY,
  key    TEXT NOT NULL UNIQUE,
  name   TEXT NOT NULL,
  listed INTEGER NOT NULL DEFAULT 0 -- statements counted
);

-- An article as it is listed, corrections laid over. place orders the list: see
-- place.go.
CREATE TABLE articles (
  id         INTEGER PRIMARY KEY,
  place      INTEGER NOT NULL UNIQUE,
  revision   INTEGER NOT NULL, -- the current one
  hash       BLOB NOT NULL,    -- of its text, so that lists need not look there
  made_by    INTEGER NOT NULL REFERENCES versions (id),
  publisher  INTEGER REFERENCES publishers (id),
  retrieved  INTEGER NOT NULL,
  listed     INTEGER NOT NULL DEFAULT 0, -- statements counted
  is_foreign INTEGER NOT NULL DEFAULT 0,
  published  TEXT NOT NULL DEFAULT '',
  language   TEXT NOT NULL DEFAULT '',
  title      TEXT NOT NULL DEFAULT '',
  address    TEXT NOT NULL DEFAULT ''
);
CREATE INDEX articles_made_by ON articles (made_by, id);
CREATE INDEX articles_publisher ON articles (publisher);

-- Addresses that lead to an article.
CREATE TABLE aliases (
  address TEXT PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles (id),
  seal    BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX aliases_article ON aliases (article);

-- Texts read from captures. about is the JSON of onrecord.Revision.
CREATE TABLE revisions (
  id         INTEGER PRIMARY KEY,
  article    INTEGER NOT NULL REFERENCES articles (id),
  hash       BLOB NOT NULL,
  about_hash BLOB NOT NULL,
  read_by    TEXT NOT NULL,
  taking     INTEGER NOT NULL DEFAULT 0, -- the one that about tells of
  retrieved  INTEGER NOT NULL,           -- when the text was first seen
  about      BLOB NOT NULL,
  packed     BLOB NOT NULL
);
CREATE INDEX revisions_article ON revisions (article, hash);

-- Each time bytes with a revision's text were taken: address, time, headers.
CREATE TABLE takings (
  id       INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL REFERENCES revisions (id),
  capture  INTEGER NOT NULL REFERENCES captures (id),
  about    BLOB NOT NULL,
  seal     BLOB NOT NULL
);
CREATE UNIQUE INDEX takings_revision ON takings (revision, capture);
CREATE INDEX takings_capture ON takings (capture);

-- What the desk found in a revision, without its statements.
CREATE TABLE analyses (
  revision INTEGER PRIMARY KEY REFERENCES revisions (id),
  made_by  INTEGER NOT NULL REFERENCES versions (id),
  hash     BLOB NOT NULL, -- of the JSON of the whole analysis
  rest     BLOB NOT NULL
);

-- A statement: found as the analysis has it, laid as reviews have it.
CREATE TABLE statements (
  id         INTEGER PRIMARY KEY,
  article    INTEGER NOT NULL REFERENCES articles (id),
  revision   INTEGER NOT NULL, -- in revisions; no reference, which would want an index of its own
  made_by    INTEGER NOT NULL REFERENCES versions (id),
  place      INTEGER NOT NULL, -- in said
  position   INTEGER NOT NULL, -- in the analysis
  versions   INTEGER NOT NULL DEFAULT 1,
  gone_since TEXT NOT NULL DEFAULT '',
  content    TEXT NOT NULL,
  who        TEXT NOT NULL,
  found      BLOB NOT NULL,
  laid       BLOB -- without reviews NULL
);
CREATE INDEX statements_article ON statements (article, position);

-- Earlier versions of findings.
CREATE TABLE history (
  statement INTEGER NOT NULL REFERENCES statements (id),
  version   INTEGER NOT NULL,
  revision  INTEGER NOT NULL REFERENCES revisions (id),
  made_by   INTEGER NOT NULL REFERENCES versions (id),
  position  INTEGER NOT NULL,
  found     BLOB NOT NULL,
  seal      BLOB NOT NULL,
  PRIMARY KEY (statement, version)
) WITHOUT ROWID;
CREATE INDEX history_revision ON history (revision);

CREATE TABLE speakers (
  id     INTEGER PRIMARY KEY,
  key    TEXT NOT NULL UNIQUE,
  name   TEXT NOT NULL,
  kind   TEXT NOT NULL,
  listed INTEGER NOT NULL DEFAULT 0 -- statements counted
);
CREATE INDEX speakers_listed ON speakers (listed DESC, id);

-- How a speaker's name is written, and how often.
CREATE TABLE spellings (
  id      INTEGER PRIMARY KEY,
  speaker INTEGER NOT NULL REFERENCES speakers (id),
  name    TEXT NOT NULL,
  kind    TEXT NOT NULL,
  listed  INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX spellings_name ON spellings (speaker, name, kind);

-- What is searched: one short row a statement, in the order of lists. Everything
-- that filters or sorts stands here, corrections laid over.
CREATE TABLE said (
  place      INTEGER PRIMARY KEY,
  statement  INTEGER NOT NULL,
  article    INTEGER NOT NULL,
  speaker    INTEGER,          -- speakers.id
  spelling   INTEGER,          -- spellings.id
  publisher  INTEGER,          -- publishers.id
  from_s     INTEGER NOT NULL, -- first second it can mean
  to_s       INTEGER NOT NULL, -- first second after
  zone_s     INTEGER NOT NULL, -- seconds east of UTC in which it is written
  prec       INTEGER NOT NULL, -- onrecord.Precision
  basis      INTEGER NOT NULL, -- 0 said, 1 published, 2 retrieved
  wide       INTEGER NOT NULL, -- how much more than a day it can mean: place.go
  quoted     TEXT NOT NULL,
  confidence REAL NOT NULL,
  wrong      INTEGER NOT NULL,
  gone       INTEGER NOT NULL,
  repeats    INTEGER NOT NULL
);
CREATE INDEX said_speaker ON said (speaker, place);
CREATE INDEX said_wide ON said (wide, place) WHERE wide > 0;
CREATE INDEX said_undated ON said (place) WHERE basis = 2;

-- What the full text of a statement is. tags are words that stand for columns of
-- said, so that a filter on them is one more word to search.
CREATE VIEW searchable (place, content, who, tags) AS
SELECT d.place, s.content, s.who,
       CASE WHEN d.speaker IS NULL THEN '' ELSE printf('xs%x ', d.speaker) END ||
       CASE WHEN d.publisher IS NULL THEN '' ELSE printf('xp%x ', d.publisher) END ||
       CASE WHEN d.basis = 2 THEN 'xundated' ELSE '' END
FROM said d JOIN statements s ON s.id = d.statement;

CREATE VIRTUAL TABLE words USING fts5 (
  content, who, tags,
  content = 'searchable', content_rowid = 'place', columnsize = 0,
  tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);

CREATE VIRTUAL TABLE titles USING fts5 (
  title,
  content = 'articles', content_rowid = 'place', columnsize = 0,
  tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO titles (titles, rank) VALUES ('secure-delete', 1);

CREATE VIRTUAL TABLE names USING fts5 (
  name,
  content = 'speakers', content_rowid = 'id', columnsize = 0, prefix = '1 2 3',
  tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO names (names, rank) VALUES ('secure-delete', 1);

-- People's corrections, only ever added to. body is the JSON of onrecord.Review
-- without what undid it.
CREATE TABLE reviews (
  id      INTEGER PRIMARY KEY,
  target  INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES articles (id),
  body    TEXT NOT NULL,
  seal    BLOB NOT NULL
);
CREATE INDEX reviews_target ON reviews (target);
CREATE INDEX reviews_article ON reviews (article);

CREATE TABLE undone (
  review  INTEGER PRIMARY KEY REFERENCES reviews (id),
  undone_by TEXT NOT NULL,
  undone_at INTEGER NOT NULL,
  seal    BLOB NOT NULL
);

-- What was forgotten: by whom and why, sealed together with the IDs that will never be used again, and the hashes of
-- addresses and captures that are not to come back.
CREATE TABLE tombstones (
  article INTEGER PRIMARY KEY,
  gone_by TEXT NOT NULL,
  why     TEXT NOT NULL,
  gone_at INTEGER NOT NULL,
  seal    BLOB NOT NULL
);
CREATE TABLE forgotten (
  id      INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES tombstones (article)
);
CREATE TABLE unwanted (
  hash    BLOB PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES tombstones (article)
) WITHOUT ROWID;

-- Running counts, one row.
CREATE TABLE totals (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  articles   INTEGER NOT NULL DEFAULT 0,
  foreigns   INTEGER NOT NULL DEFAULT 0,
  revisions  INTEGER NOT NULL DEFAULT 0,
  statements INTEGER NOT NULL DEFAULT 0,
  speakers   INTEGER NOT NULL DEFAULT 0,
  reviews    INTEGER NOT NULL DEFAULT 0,
  forgotten  INTEGER NOT NULL DEFAULT 0
);
INSERT INTO totals (one) VALUES (1);
