-- Heart-to-heart talks: the record, what follows, what is planned; and what was put off on 今日.

CREATE TABLE talk (
    id           INTEGER PRIMARY KEY,
    organisation INTEGER NOT NULL REFERENCES organisation (id),
    -- The yearly number within the organisation: 2026-036.
    year         INTEGER NOT NULL,
    number       INTEGER NOT NULL CHECK (number BETWEEN 1 AND 1000000),
    held_on      INTEGER NOT NULL,
    kind         TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 20),
    mode         TEXT CHECK (length(mode) <= 100),
    place        TEXT CHECK (length(place) <= 200),
    topic        TEXT CHECK (length(topic) <= 1000),
    outline      TEXT CHECK (length(outline) <= 100000),
    content      TEXT CHECK (length(content) <= 100000),
    opinions     TEXT CHECK (length(opinions) <= 100000),
    attitude     TEXT CHECK (length(attitude) <= 100000),
    measures     TEXT CHECK (length(measures) <= 100000),
    remark       TEXT CHECK (length(remark) <= 10000)
) STRICT;
CREATE INDEX talk_by_organisation ON talk (organisation, year, number);
CREATE INDEX talk_by_day ON talk (held_on);

-- Who sat on which side: a person of the workbook, or a name.
CREATE TABLE talk_person (
    id       INTEGER PRIMARY KEY,
    talk     INTEGER NOT NULL REFERENCES talk (id),
    side     TEXT NOT NULL CHECK (side = 'talker' OR side = 'partner' OR side = 'recorder'),
    position INTEGER NOT NULL,
    person   INTEGER REFERENCES person (id),
    name     TEXT CHECK (length(name) BETWEEN 1 AND 100),
    about    TEXT CHECK (length(about) <= 200),
    CHECK ((person IS NULL) <> (name IS NULL))
) STRICT;
CREATE INDEX talk_person_by_talk ON talk_person (talk);
CREATE INDEX talk_person_by_person ON talk_person (person) WHERE person IS NOT NULL;

CREATE TABLE follow_up (
    id           INTEGER PRIMARY KEY,
    talk         INTEGER NOT NULL REFERENCES talk (id),
    position     INTEGER NOT NULL,
    measure      TEXT NOT NULL CHECK (length(measure) BETWEEN 1 AND 2000),
    owner        INTEGER REFERENCES person (id),
    owner_name   TEXT CHECK (length(owner_name) BETWEEN 1 AND 100),
    due          INTEGER,
    done_on      INTEGER,
    closing_note TEXT CHECK (length(closing_note) <= 2000)
) STRICT;
CREATE INDEX follow_up_by_talk ON follow_up (talk);
CREATE INDEX follow_up_open ON follow_up (due) WHERE done_on IS NULL;
CREATE INDEX follow_up_by_owner ON follow_up (owner) WHERE owner IS NOT NULL;

-- A talk that is planned, or a numbered sheet that was printed blank. Whether it was held is read from the talks.
CREATE TABLE planned_talk (
    id           INTEGER PRIMARY KEY,
    organisation INTEGER NOT NULL REFERENCES organisation (id),
    -- The number that a printed sheet carries.
    year         INTEGER,
    number       INTEGER CHECK (number BETWEEN 1 AND 1000000),
    talker       INTEGER REFERENCES person (id),
    partner      INTEGER REFERENCES person (id),
    -- What it closes: C1, C2, C3, C4; several joined by a blank.
    rule         TEXT CHECK (length(rule) <= 50),
    kind         TEXT CHECK (length(kind) <= 20),
    made_on      INTEGER NOT NULL,
    due          INTEGER,
    note         TEXT CHECK (length(note) <= 1000)
) STRICT;
CREATE INDEX planned_talk_by_organisation ON planned_talk (organisation);
CREATE INDEX planned_talk_by_talker ON planned_talk (talker) WHERE talker IS NOT NULL;
CREATE INDEX planned_talk_by_partner ON planned_talk (partner) WHERE partner IS NOT NULL;

-- Types of talks as this workbook has them, where they differ from what the program brings, and its own.
CREATE TABLE talk_type (
    id       INTEGER PRIMARY KEY,
    code     TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 20),
    label    TEXT CHECK (length(label) BETWEEN 1 AND 100),
    counts   TEXT CHECK (length(counts) <= 20),
    outline  TEXT CHECK (length(outline) <= 10000),
    position INTEGER,
    removed  INTEGER CHECK (removed IN (0, 1))
) STRICT;

-- What was put off on 今日, and why.
CREATE TABLE snooze (
    id     INTEGER PRIMARY KEY,
    work   TEXT NOT NULL UNIQUE CHECK (length(work) BETWEEN 1 AND 200),
    until  INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    set_on INTEGER NOT NULL
) STRICT;

-- The words of talks for the search, character by character; made anew from the rows, never journalled.
CREATE VIRTUAL TABLE talk_text USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');

-- Facts of further kinds: 不能参加 is new.
CREATE TABLE fact_of_any_kind (
    id           INTEGER PRIMARY KEY,
    person       INTEGER NOT NULL REFERENCES person (id),
    kind         TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 50),
    organisation INTEGER REFERENCES organisation (id),
    value        TEXT CHECK (length(value) <= 1000),
    place        TEXT CHECK (length(place) <= 1000),
    from_day     INTEGER,
    to_day       INTEGER,
    position     INTEGER
) STRICT;
INSERT INTO fact_of_any_kind SELECT id, person, kind, organisation, value, place, from_day, to_day, position FROM fact;
DROP TABLE fact;
ALTER TABLE fact_of_any_kind RENAME TO fact;
CREATE INDEX fact_by_person ON fact (person);
CREATE INDEX fact_by_organisation ON fact (organisation) WHERE organisation IS NOT NULL;
CREATE INDEX fact_post_by_organisation ON fact (organisation) WHERE kind = 'post';
