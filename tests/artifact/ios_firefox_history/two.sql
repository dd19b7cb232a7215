CREATE TABLE history (id INTEGER PRIMARY KEY, url TEXT);
CREATE TABLE visits (id INTEGER PRIMARY KEY, siteID INTEGER, date REAL);
INSERT INTO history VALUES (1, 'https://www.paper.example/');
INSERT INTO visits VALUES (1, 1, unix_us('2021-03-01 08:00:00'));
