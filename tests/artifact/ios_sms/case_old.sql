-- iOS 9: dates are seconds; no attributedBody in use, few columns, no joins.
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE,
    id TEXT NOT NULL, country TEXT, service TEXT NOT NULL);
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT UNIQUE NOT NULL, text TEXT, handle_id INTEGER DEFAULT 0,
    date INTEGER, date_read INTEGER, is_from_me INTEGER DEFAULT 0);
INSERT INTO handle VALUES (4, '+15550102', 'us', 'SMS');
INSERT INTO message VALUES (1, 'A', 'See you at http://hall.example/', 4,
    CAST(mac('2015-10-04 08:30:00') AS INTEGER), 0, 0);
INSERT INTO message VALUES (2, 'B', 'Gone already', 9,
    CAST(mac('2015-10-04 08:31:00') AS INTEGER),
    CAST(mac('2015-10-04 08:31:10') AS INTEGER), 1);
