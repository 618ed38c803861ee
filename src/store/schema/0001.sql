-- The first schema. Dates are INTEGER yyyymmdd with 00 for what is not known; moments are milliseconds since 1970.

-- Who this workbook is. One row.
CREATE TABLE workbook (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    identity   INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
    value TEXT NOT NULL CHECK (length(value) <= 100000)
) STRICT;

CREATE TABLE organisation (
    id         INTEGER PRIMARY KEY,
    parent     INTEGER REFERENCES organisation (id),
    position   INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    short_name TEXT CHECK (length(short_name) BETWEEN 1 AND 200),
    code       TEXT CHECK (length(code) <= 100),
    founded    INTEGER,
    closed     INTEGER,
    secretary  TEXT CHECK (length(secretary) <= 200),
    deputy     TEXT CHECK (length(deputy) <= 200),
    committee  TEXT CHECK (length(committee) <= 1000),
    contact    TEXT CHECK (length(contact) <= 200),
    phone      TEXT CHECK (length(phone) <= 200),
    unit       TEXT CHECK (length(unit) <= 1000),
    elected_on INTEGER,
    term_ends  INTEGER,
    remark     TEXT CHECK (length(remark) <= 10000)
) STRICT;
CREATE INDEX organisation_by_parent ON organisation (parent);

-- What of a person is not dated. The columns from name to remark stand in the order of the field table.
CREATE TABLE person (
    id                INTEGER PRIMARY KEY,
    name              TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    sex               TEXT CHECK (length(sex) <= 10),
    nation            TEXT CHECK (length(nation) <= 50),
    birth             INTEGER,
    id_number         TEXT CHECK (length(id_number) <= 50),
    native_place      TEXT CHECK (length(native_place) <= 1000),
    birthplace        TEXT CHECK (length(birthplace) <= 1000),
    education         TEXT CHECK (length(education) <= 50),
    education_text    TEXT CHECK (length(education_text) <= 1000),
    degree            TEXT CHECK (length(degree) <= 1000),
    school            TEXT CHECK (length(school) <= 1000),
    work_start        INTEGER,
    applied           INTEGER,
    activist          INTEGER,
    candidate         INTEGER,
    joined            INTEGER,
    "full"            INTEGER,
    unit              TEXT CHECK (length(unit) <= 1000),
    job               TEXT CHECK (length(job) <= 1000),
    title             TEXT CHECK (length(title) <= 1000),
    occupation        TEXT CHECK (length(occupation) <= 1000),
    phone             TEXT CHECK (length(phone) <= 200),
    address           TEXT CHECK (length(address) <= 10000),
    introducers       TEXT CHECK (length(introducers) <= 1000),
    fee               TEXT CHECK (length(fee) <= 50),
    honours           TEXT CHECK (length(honours) <= 10000),
    remark            TEXT CHECK (length(remark) <= 10000),
    category_told     TEXT,
    category_told_on  INTEGER,
    voided            TEXT CHECK (length(voided) <= 1000)
) STRICT;

-- Dated facts of a person: half-open [from_day, to_day).
CREATE TABLE fact (
    id           INTEGER PRIMARY KEY,
    person       INTEGER NOT NULL REFERENCES person (id),
    -- Not IN: SQLite would build the list anew for each row it writes.
    kind         TEXT NOT NULL CHECK (
        kind = 'membership' OR kind = 'group' OR kind = 'post' OR kind = 'status' OR kind = 'floating' OR kind = 'lost'
    ),
    organisation INTEGER REFERENCES organisation (id),
    value        TEXT CHECK (length(value) <= 1000),
    place        TEXT CHECK (length(place) <= 1000),
    from_day     INTEGER,
    to_day       INTEGER,
    position     INTEGER
) STRICT;
CREATE INDEX fact_by_person ON fact (person);
CREATE INDEX fact_by_organisation ON fact (organisation) WHERE organisation IS NOT NULL;

-- Fields that the user made, and their values.
CREATE TABLE extra_field (
    id       INTEGER PRIMARY KEY,
    label    TEXT NOT NULL UNIQUE CHECK (length(label) BETWEEN 1 AND 100),
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE extra_value (
    id     INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    field  INTEGER NOT NULL REFERENCES extra_field (id),
    value  TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 10000)
) STRICT;
CREATE INDEX extra_value_by_person ON extra_value (person);
CREATE INDEX extra_value_by_field ON extra_value (field);

-- What left the program: exports and prints. Never edited, never undone.
CREATE TABLE output (
    id        INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    operator  TEXT NOT NULL,
    what      TEXT NOT NULL,
    scope     TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    masked    INTEGER NOT NULL CHECK (masked IN (0, 1)),
    target    TEXT NOT NULL
) STRICT;

-- The journal. An entry's changes lie in its blocks; the chain hashes (previous chain, header, payload hash).
CREATE TABLE entry (
    id           INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    operator     TEXT NOT NULL,
    origin       TEXT NOT NULL,
    title        TEXT NOT NULL,
    reverts      INTEGER REFERENCES entry (id),
    undo         TEXT NOT NULL CHECK (undo IN ('yes', 'no')),
    schema       INTEGER NOT NULL,
    changes      INTEGER NOT NULL,
    payload_hash BLOB NOT NULL,
    chain        BLOB NOT NULL
) STRICT;
CREATE INDEX entry_by_reverts ON entry (reverts) WHERE reverts IS NOT NULL;
CREATE TABLE entry_block (
    id      INTEGER PRIMARY KEY,
    entry   INTEGER NOT NULL REFERENCES entry (id),
    part    INTEGER NOT NULL,
    payload BLOB NOT NULL
) STRICT;
CREATE INDEX entry_block_by_entry ON entry_block (entry, part);
-- Which entries touched a record (a person or an organisation with all its rows).
CREATE TABLE touched (
    record INTEGER NOT NULL,
    entry  INTEGER NOT NULL REFERENCES entry (id),
    PRIMARY KEY (record, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX touched_by_entry ON touched (entry);
