-- Where articles come from, and how far that work is.

-- +goose Up

PRAGMA user_version = 4;

-- body is the JSON of ledger.Source.
CREATE TABLE sources (
  id      INTEGER PRIMARY KEY,
  address TEXT NOT NULL UNIQUE,
  body    TEXT NOT NULL,
  seal    BLOB NOT NULL
);

-- due is 0 where nothing more is to do. body is the JSON of ledger.Lead.
CREATE TABLE leads (
  id      INTEGER PRIMARY KEY,
  address TEXT NOT NULL UNIQUE,
  host    TEXT NOT NULL,
  source  INTEGER NOT NULL REFERENCES sources (id),
  due     INTEGER NOT NULL,
  body    TEXT NOT NULL,
  seal    BLOB NOT NULL
);
CREATE INDEX leads_due ON leads (host, due) WHERE due > 0;
CREATE INDEX leads_source ON leads (source, id);

-- How many bytes of an archive have been read.
CREATE TABLE bookmarks (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  at   INTEGER NOT NULL,
  seal BLOB NOT NULL
);
