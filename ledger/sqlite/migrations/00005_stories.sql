-- Which articles carry the same text, and which tell the same story.

-- +goose Up

PRAGMA user_version = 5;

-- Articles that came or changed since they were told of.
CREATE TABLE untold (
  article INTEGER PRIMARY KEY REFERENCES articles (id)
);
INSERT INTO untold (article) SELECT id FROM articles;

-- joined is the story that this one was merged into; 0 while it stands. latest is
-- when its newest article is from.
CREATE TABLE stories (
  id       INTEGER PRIMARY KEY,
  first    INTEGER NOT NULL, -- its first article
  articles INTEGER NOT NULL,
  latest   INTEGER NOT NULL,
  joined   INTEGER NOT NULL,
  seal     BLOB NOT NULL
);
CREATE INDEX stories_latest ON stories (latest, id) WHERE articles > 1;

-- text is the article that carried the text first, body the JSON of ledger.Telling.
CREATE TABLE tellings (
  id        INTEGER PRIMARY KEY, -- the order in which they were made
  article   INTEGER NOT NULL UNIQUE REFERENCES articles (id),
  hash      BLOB NOT NULL,
  text      INTEGER NOT NULL,
  story     INTEGER NOT NULL REFERENCES stories (id),
  by_person INTEGER NOT NULL,
  at        INTEGER NOT NULL, -- when the article is from
  body      TEXT NOT NULL,
  sketch    BLOB NOT NULL,
  seal      BLOB NOT NULL
);
CREATE INDEX tellings_story ON tellings (story, at, article);
CREATE INDEX tellings_text ON tellings (text);

-- body is the JSON of ledger.Regrouping.
CREATE TABLE regroupings (
  id   INTEGER PRIMARY KEY,
  source INTEGER NOT NULL,
  target INTEGER NOT NULL,
  body TEXT NOT NULL,
  seal BLOB NOT NULL
);
CREATE INDEX regroupings_source ON regroupings (source);
CREATE INDEX regroupings_target ON regroupings (target);

CREATE TABLE ungrouped (
  regrouping INTEGER PRIMARY KEY REFERENCES regroupings (id),
  undone_by  TEXT NOT NULL,
  undone_at  INTEGER NOT NULL,
  seal       BLOB NOT NULL
);
