-- A person with a number, an address, a link and a street address (no value);
-- a value whose person is gone.
CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, First TEXT,
    Last TEXT, Middle TEXT, Note TEXT, Organization TEXT,
    CreationDate INTEGER, ModificationDate INTEGER);
CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER,
    property INTEGER, identifier INTEGER, label INTEGER, value TEXT);
INSERT INTO ABPerson VALUES (1, 'Ada', 'Ember', 'M.', 'https://note.example/',
    'Commission', CAST(mac('2020-01-01 08:00:00') AS INTEGER),
    CAST(mac('2021-01-01 08:00:00') AS INTEGER));
INSERT INTO ABPerson (ROWID) VALUES (2);
INSERT INTO ABMultiValue VALUES (1, 1, 3, 0, 1, '+1 (555) 0150'),
    (2, 1, 4, 0, 1, 'ada@post.example'), (3, 1, 22, 0, 1, 'http://page.example/'),
    (4, 1, 5, 0, 1, NULL), (5, 44, 3, 0, 1, '+15550151');
