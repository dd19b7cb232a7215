-- A visit whose page is gone, one without a time, and times that are none.
CREATE TABLE history (id INTEGER PRIMARY KEY, url TEXT);
CREATE TABLE visits (id INTEGER PRIMARY KEY, siteID INTEGER, date REAL);
INSERT INTO history VALUES (1, 'https://www.paper.example/'), (2, NULL);
INSERT INTO visits VALUES (1, 9, unix_us('2021-03-01 08:00:00')), (2, 1, NULL), (3, 1, 0), (4, 2, 1e300), (5, 1, 'never');
