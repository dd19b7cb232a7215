-- Both notices, the second behind characters that are not seen.
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT,
    attributedBody BLOB, date INTEGER, is_from_me INTEGER);
INSERT INTO message VALUES (1, 'ALERT: State-sponsored attackers may be targeting your iPhone',
    NULL, mac_ns('2021-11-24 09:00:00'), 0);
INSERT INTO message VALUES (2, NULL, attributed(char(0xfffc, 0x200e, 10) ||
    'ALERT: Apple detected a targeted mercenary spyware attack against your iPhone. It was'),
    mac_ns('2024-04-10 19:00:00'), 0);
-- The owner passes on the warning.
INSERT INTO message VALUES (3, 'ALERT: Apple detected a targeted mercenary spyware attack against your iPhone.',
    NULL, mac_ns('2024-04-10 19:05:00'), 1);
