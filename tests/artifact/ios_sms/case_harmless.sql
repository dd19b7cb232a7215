-- Look-alikes: a notice that was quoted, a question about one, hosts and
-- numbers that only resemble indicators.
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT NOT NULL);
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, handle_id INTEGER,
    date INTEGER, is_from_me INTEGER, destination_caller_id TEXT);
INSERT INTO handle VALUES (1, '+15550105');
INSERT INTO message VALUES (1, 'Got this: ALERT: State-sponsored attackers may be targeting your iPhone',
    1, mac_ns('2024-03-01 09:00:00'), 0, '+15550166');
INSERT INTO message VALUES (2, 'Did you get an ALERT: State-sponsored attackers may be targeting your iPhone',
    1, mac_ns('2024-03-01 09:01:00'), 1, '+15550166');
INSERT INTO message VALUES (3, 'https://notevil.example/ and evil.example.test',
    1, mac_ns('2024-03-01 09:02:00'), 0, '+15550166');
INSERT INTO message VALUES (4, 'ALERT: your parcel is waiting', 1,
    mac_ns('2024-03-01 09:03:00'), 0, '+15550166');
