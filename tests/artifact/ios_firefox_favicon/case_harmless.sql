CREATE TABLE history (id INTEGER PRIMARY KEY, url TEXT);
CREATE TABLE favicons (id INTEGER PRIMARY KEY, url TEXT, date REAL);
CREATE TABLE favicon_sites (id INTEGER PRIMARY KEY, siteID INTEGER, faviconID INTEGER);
INSERT INTO history VALUES (1, 'https://evil.example.test/');
INSERT INTO favicons VALUES (1, 'https://notevil.example/favicon.ico', unix('2021-03-01 08:00:00'));
INSERT INTO favicon_sites VALUES (1, 1, 1);
