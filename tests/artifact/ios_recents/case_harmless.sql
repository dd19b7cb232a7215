-- The owner's own address, and one that only ends alike.
CREATE TABLE recents (ROWID INTEGER PRIMARY KEY, sending_address TEXT);
CREATE TABLE contacts (ROWID INTEGER PRIMARY KEY, recent_id INTEGER, address TEXT);
INSERT INTO recents VALUES (1, 'mara@mail.example');
INSERT INTO contacts VALUES (1, 1, 'notlure@mail.example');
