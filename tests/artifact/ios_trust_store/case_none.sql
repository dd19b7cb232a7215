-- Nothing was added: so it is on most phones.
CREATE TABLE tsettings(sha256 BLOB NOT NULL DEFAULT '',
    subj BLOB NOT NULL DEFAULT '', tset BLOB, data BLOB,
    uuid BLOB NOT NULL DEFAULT '', UNIQUE(sha256,uuid));
