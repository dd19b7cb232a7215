-- Times are seconds in a REAL column.
CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT NOT NULL UNIQUE, url TEXT UNIQUE, title TEXT NOT NULL);
CREATE TABLE favicons (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, width INTEGER, height INTEGER,
	type INTEGER NOT NULL, date REAL NOT NULL);
CREATE TABLE favicon_sites (id INTEGER PRIMARY KEY AUTOINCREMENT, siteID INTEGER NOT NULL, faviconID INTEGER NOT NULL,
	UNIQUE (siteID, faviconID));
INSERT INTO history VALUES (1, 'aaaaaaaaaaaa', 'https://www.paper.example/', 'Paper'),
	(2, 'bbbbbbbbbbbb', 'https://www.second.example/in', 'In');
INSERT INTO favicons VALUES (10, 'https://cdn.first.example/icon.png', 16, 16, 1, unix('2021-03-01 08:00:00') + 0.5),
	(11, 'https://www.second.example/favicon.ico', 32, 32, 2, unix('2021-03-02 08:00:00'));
INSERT INTO favicon_sites VALUES (1, 1, 10), (2, 2, 11);
