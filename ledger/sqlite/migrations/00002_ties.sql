-- Names that mean one speaker.

-- +goose Up

PRAGMA user_version = 2;

-- A name's speaker is another name's row where ties join them: that of the name
-- met first. said.speaker and the tags of words name the speaker; spellings stay
-- with the name.
ALTER TABLE speakers ADD COLUMN joined INTEGER REFERENCES speakers (id);
CREATE INDEX speakers_joined ON speakers (joined) WHERE joined IS NOT NULL;

-- Decisions about two names, only ever added to. body is the JSON of ledger.Tie
-- without what undid it; stands is 0 once it is undone or a later decision about
-- the pair replaces it.
CREATE TABLE ties (
  id      INTEGER PRIMARY KEY,
  a       TEXT NOT NULL,
  b       TEXT NOT NULL,
  verdict TEXT NOT NULL,
  stands  INTEGER NOT NULL,
  body    TEXT NOT NULL,
  seal    BLOB NOT NULL
);
CREATE INDEX ties_a ON ties (a, b);
CREATE INDEX ties_b ON ties (b);
CREATE INDEX ties_verdict ON ties (verdict, id) WHERE stands = 1;

CREATE TABLE untied (
  tie       INTEGER PRIMARY KEY REFERENCES ties (id),
  undone_by TEXT NOT NULL,
  undone_at INTEGER NOT NULL,
  seal      BLOB NOT NULL
);

-- Up to which name all have been compared with each other, one row.
CREATE TABLE considered (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  seq  INTEGER NOT NULL,
  seal BLOB NOT NULL
);
