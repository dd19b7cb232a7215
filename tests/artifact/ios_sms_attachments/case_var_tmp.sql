-- What the exploits of 2019 and 2020 left, with and without /private.
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, filename TEXT,
    is_outgoing INTEGER, created_date INTEGER);
INSERT INTO attachment VALUES (1, '/var/tmp/7D0E-1', 0,
    mac_ns('2020-07-13 05:04:00'));
INSERT INTO attachment VALUES (2, '/private/var/tmp/8A11-1', NULL,
    mac_ns('2020-07-13 05:05:00'));
