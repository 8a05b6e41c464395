-- Where statements were made and what places their words name.

-- +goose Up

PRAGMA user_version = 3;

-- Tags of places, such as "xlmosul xliraq"; empty for what was kept before places
-- were found.
ALTER TABLE said ADD COLUMN places TEXT NOT NULL DEFAULT '';

DROP VIEW searchable;
CREATE VIEW searchable (place, content, who, tags) AS
SELECT d.place, s.content, s.who,
       CASE WHEN d.speaker IS NULL THEN '' ELSE printf('xs%x ', d.speaker) END ||
       CASE WHEN d.publisher IS NULL THEN '' ELSE printf('xp%x ', d.publisher) END ||
       CASE WHEN d.basis = 2 THEN 'xundated' ELSE '' END || ' ' || d.places
FROM said d JOIN statements s ON s.id = d.statement;
