-- An icon that is gone, a page that is gone, and nothing at all.
CREATE TABLE history (id INTEGER PRIMARY KEY, url TEXT);
CREATE TABLE favicons (id INTEGER PRIMARY KEY, url TEXT, date REAL);
CREATE TABLE favicon_sites (id INTEGER PRIMARY KEY, siteID INTEGER, faviconID INTEGER);
INSERT INTO history VALUES (1, 'https://www.paper.example/');
INSERT INTO favicons VALUES (1, 'https://www.paper.example/favicon.ico', NULL);
INSERT INTO favicon_sites VALUES (1, 1, 9), (2, 9, 1), (3, NULL, NULL);
