-- The store of attachments beside a workbook: bytes by their hash, each once. Only ever added to, until somebody
-- compacts it.
CREATE TABLE blob (
    id    INTEGER PRIMARY KEY,
    -- SHA-256, as 64 hexadecimal digits.
    hash  TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    bytes INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT;

-- The bytes in pieces, none longer than a megabyte.
CREATE TABLE chunk (
    id       INTEGER PRIMARY KEY,
    blob     INTEGER NOT NULL REFERENCES blob (id),
    position INTEGER NOT NULL,
    data     BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX chunk_of_blob ON chunk (blob, position);
