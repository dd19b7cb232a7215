-- A name that is an address; a number with more digits; another mailbox.
CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY, First TEXT);
CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER,
    property INTEGER, value TEXT);
INSERT INTO ABPerson VALUES (1, 'evil.example');
INSERT INTO ABMultiValue VALUES (1, 1, 3, '+155501529'),
    (2, 1, 4, 'not.ada@post.example');
