CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY, First TEXT);
CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER,
    property INTEGER, value TEXT);
INSERT INTO ABPerson VALUES (1, 'Ada');
INSERT INTO ABMultiValue VALUES (1, 1, 3, '1-555-0170'),
    (2, 1, 4, 'Spear@Post.EXAMPLE'), (3, 1, 3, '+1 555 0171'),
    (4, 1, 3, '1 (555) 0172'), (5, 1, 3, '+155501701');
