-- Archive checklists: what must be in the box, what is there, and what shows it.

-- Templates as this workbook has them, where they differ from what the program brings, and its own.
CREATE TABLE template (
    id      INTEGER PRIMARY KEY,
    code    TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 20),
    version INTEGER NOT NULL CHECK (version BETWEEN 1 AND 1000000),
    title   TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
    subject TEXT NOT NULL CHECK (subject IN ('organisation', 'person')),
    source  TEXT CHECK (length(source) <= 1000),
    -- The items as a tree, in JSON: a template is shown, changed and compared as a whole.
    items   TEXT NOT NULL CHECK (length(items) <= 1000000),
    removed INTEGER CHECK (removed IN (0, 1))
) STRICT;

-- The checklist of an organisation for a year, or of a member's file.
CREATE TABLE checklist (
    id           INTEGER PRIMARY KEY,
    organisation INTEGER NOT NULL REFERENCES organisation (id),
    year         INTEGER,
    person       INTEGER REFERENCES person (id),
    template     TEXT NOT NULL CHECK (length(template) BETWEEN 1 AND 20),
    -- Of the template, when the items were last brought to it.
    version      INTEGER NOT NULL CHECK (version BETWEEN 1 AND 1000000),
    title        TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
    made_on      INTEGER NOT NULL,
    CHECK ((year IS NULL) <> (person IS NULL))
) STRICT;
CREATE UNIQUE INDEX checklist_of_year ON checklist (organisation, year, template) WHERE person IS NULL;
CREATE UNIQUE INDEX checklist_of_person ON checklist (person, template) WHERE person IS NOT NULL;
CREATE INDEX checklist_by_year ON checklist (year, template);

-- Items are copied from the template: a change of the template reaches them when somebody says so.
CREATE TABLE checklist_item (
    id         INTEGER PRIMARY KEY,
    checklist  INTEGER NOT NULL REFERENCES checklist (id),
    parent     INTEGER REFERENCES checklist_item (id),
    position   INTEGER NOT NULL,
    -- The code of the template's item; none of one that was added here.
    code       TEXT CHECK (length(code) BETWEEN 1 AND 20),
    title      TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    standard   TEXT CHECK (length(standard) <= 2000),
    -- What of the workbook fills it by itself, in JSON.
    fill       TEXT CHECK (length(fill) <= 1000),
    retention  TEXT CHECK (retention IN ('Y', 'D30', 'D10')),
    -- As somebody set it; where nobody did, it is read from what fills it.
    state      TEXT CHECK (state IN ('have', 'partly', 'missing', 'not_applicable')),
    reason     TEXT CHECK (length(reason) <= 1000),
    owner      INTEGER REFERENCES person (id),
    owner_name TEXT CHECK (length(owner_name) BETWEEN 1 AND 100),
    due        INTEGER,
    note       TEXT CHECK (length(note) <= 2000),
    checked_by TEXT CHECK (length(checked_by) <= 100),
    checked_on INTEGER,
    -- What its template said of it, in JSON, where something else was written here.
    template_words TEXT CHECK (length(template_words) <= 10000)
) STRICT;
CREATE INDEX checklist_item_by_checklist ON checklist_item (checklist, position);
CREATE INDEX checklist_item_by_parent ON checklist_item (parent) WHERE parent IS NOT NULL;
CREATE INDEX checklist_item_by_owner ON checklist_item (owner) WHERE owner IS NOT NULL;
CREATE INDEX checklist_item_due ON checklist_item (due) WHERE due IS NOT NULL;

-- What shows that an item is there: a file in the store of attachments, or paper in a box. Talks have scans.
CREATE TABLE evidence (
    id         INTEGER PRIMARY KEY,
    item       INTEGER REFERENCES checklist_item (id),
    talk       INTEGER REFERENCES talk (id),
    position   INTEGER NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('file', 'paper')),
    title      TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 500),
    -- Of a file: the name it had, SHA-256 of its bytes, how many there are.
    file_name  TEXT CHECK (length(file_name) BETWEEN 1 AND 500),
    hash       TEXT CHECK (length(hash) = 64),
    bytes      INTEGER CHECK (bytes >= 0),
    -- Of paper: where it lies.
    cabinet    TEXT CHECK (length(cabinet) <= 200),
    pages      INTEGER CHECK (pages BETWEEN 0 AND 100000),
    -- The first of its versions, where it is a later one; among them one is final.
    version_of INTEGER REFERENCES evidence (id),
    final      INTEGER NOT NULL CHECK (final IN (0, 1)),
    -- For the catalogue.
    document   TEXT CHECK (length(document) <= 200),
    author     TEXT CHECK (length(author) <= 500),
    day        INTEGER,
    secrecy    TEXT CHECK (length(secrecy) <= 20),
    retention  TEXT CHECK (retention IN ('Y', 'D30', 'D10')),
    remark     TEXT CHECK (length(remark) <= 2000),
    added_by   TEXT CHECK (length(added_by) <= 100),
    added_on   INTEGER NOT NULL,
    CHECK ((item IS NULL) <> (talk IS NULL)),
    CHECK ((kind = 'file') = (hash IS NOT NULL)),
    CHECK ((hash IS NULL) = (bytes IS NULL) AND (hash IS NULL) = (file_name IS NULL))
) STRICT;
CREATE INDEX evidence_by_item ON evidence (item, position) WHERE item IS NOT NULL;
CREATE INDEX evidence_by_talk ON evidence (talk, position) WHERE talk IS NOT NULL;
CREATE INDEX evidence_by_hash ON evidence (hash) WHERE hash IS NOT NULL;
CREATE INDEX evidence_by_version ON evidence (version_of) WHERE version_of IS NOT NULL;

-- How an organisation numbers its archive; those below it do as it does, unless told otherwise.
CREATE TABLE archive_numbers (
    id           INTEGER PRIMARY KEY,
    organisation INTEGER NOT NULL UNIQUE REFERENCES organisation (id),
    numbering    TEXT NOT NULL CHECK (numbering IN ('archive', 'simple')),
    fonds        TEXT CHECK (length(fonds) <= 20),
    fonds_name   TEXT CHECK (length(fonds_name) <= 200),
    section      TEXT CHECK (length(section) <= 20)
) STRICT;
