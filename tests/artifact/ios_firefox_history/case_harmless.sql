CREATE TABLE history (id INTEGER PRIMARY KEY, url TEXT, title TEXT);
CREATE TABLE visits (id INTEGER PRIMARY KEY, siteID INTEGER, date REAL, type INTEGER, is_local TINYINT);
INSERT INTO history VALUES (1, 'https://notevil.example/', 'evil.example'), (2, 'https://evil.example.test/', NULL);
INSERT INTO visits SELECT id, id, unix_us('2021-03-01 08:00:00'), 1, 1 FROM history;
