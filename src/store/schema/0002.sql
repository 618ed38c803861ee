-- Organisations and members in depth: what happened to them, with the papers that say so.

ALTER TABLE organisation ADD COLUMN founded_document TEXT CHECK (length(founded_document) <= 200);
ALTER TABLE organisation ADD COLUMN closed_document TEXT CHECK (length(closed_document) <= 200);
ALTER TABLE organisation ADD COLUMN term_years INTEGER CHECK (term_years BETWEEN 1 AND 10);
ALTER TABLE organisation ADD COLUMN admits TEXT CHECK (length(admits) <= 10);
ALTER TABLE organisation ADD COLUMN leading_group TEXT CHECK (length(leading_group) <= 200);
ALTER TABLE organisation ADD COLUMN address TEXT CHECK (length(address) <= 1000);
ALTER TABLE organisation ADD COLUMN unit_situation TEXT CHECK (length(unit_situation) <= 50);
ALTER TABLE organisation ADD COLUMN unit_kind TEXT CHECK (length(unit_kind) <= 100);
ALTER TABLE organisation ADD COLUMN unit_code TEXT CHECK (length(unit_code) <= 100);

-- What happened to an organisation: renamed, moved, merged, split, elected, election delayed.
CREATE TABLE organisation_event (
    id           INTEGER PRIMARY KEY,
    organisation INTEGER NOT NULL REFERENCES organisation (id),
    kind         TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 50),
    day          INTEGER NOT NULL,
    -- The former parent, the one it was merged into, the one it was split from.
    other        INTEGER REFERENCES organisation (id),
    -- The former name.
    value        TEXT CHECK (length(value) <= 200),
    former_short TEXT CHECK (length(former_short) <= 200),
    -- Until when a term or a delay lasts.
    until        INTEGER,
    document     TEXT CHECK (length(document) <= 200),
    note         TEXT CHECK (length(note) <= 1000)
) STRICT;
CREATE INDEX organisation_event_by_organisation ON organisation_event (organisation);
CREATE INDEX organisation_event_by_other ON organisation_event (other) WHERE other IS NOT NULL;

-- What happened to a person, as a paper has it. What holds from then on stands in facts and in the person.
CREATE TABLE event (
    id           INTEGER PRIMARY KEY,
    person       INTEGER NOT NULL REFERENCES person (id),
    kind         TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 50),
    day          INTEGER NOT NULL,
    -- The branch the person was in, and the one the person went to within this workbook.
    organisation INTEGER REFERENCES organisation (id),
    target       INTEGER REFERENCES organisation (id),
    value        TEXT CHECK (length(value) <= 1000),
    place        TEXT CHECK (length(place) <= 1000),
    document     TEXT CHECK (length(document) <= 200),
    until        INTEGER,
    receipt      INTEGER,
    note         TEXT CHECK (length(note) <= 1000)
) STRICT;
CREATE INDEX event_by_person ON event (person);
CREATE INDEX event_by_kind ON event (kind, day);
CREATE INDEX event_by_organisation ON event (organisation) WHERE organisation IS NOT NULL;
CREATE INDEX event_by_target ON event (target) WHERE target IS NOT NULL;

-- Few facts are posts, and committees are asked for by themselves.
CREATE INDEX fact_post_by_organisation ON fact (organisation) WHERE kind = 'post';

-- The person with whom this one was found to be the same (合并).
ALTER TABLE person ADD COLUMN merged_into INTEGER REFERENCES person (id);
CREATE INDEX person_by_merged_into ON person (merged_into) WHERE merged_into IS NOT NULL;

-- What values of a field that the user made are: text where nothing is told.
ALTER TABLE extra_field ADD COLUMN kind TEXT CHECK (length(kind) <= 20);
ALTER TABLE extra_field ADD COLUMN choices TEXT CHECK (length(choices) <= 2000);

-- Rules as this workbook has them, where it differs from what the program brings.
CREATE TABLE rule_change (
    id      INTEGER PRIMARY KEY,
    rule    TEXT NOT NULL UNIQUE CHECK (length(rule) BETWEEN 1 AND 100),
    numbers TEXT CHECK (length(numbers) <= 1000),
    enabled INTEGER CHECK (enabled IN (0, 1)),
    note    TEXT CHECK (length(note) <= 1000)
) STRICT;
