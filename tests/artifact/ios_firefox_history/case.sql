-- Times are microseconds in a REAL column.
CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT NOT NULL UNIQUE, url TEXT UNIQUE, title TEXT NOT NULL,
	server_modified INTEGER, local_modified INTEGER, is_deleted TINYINT NOT NULL, should_upload TINYINT NOT NULL,
	domain_id INTEGER);
CREATE TABLE visits (id INTEGER PRIMARY KEY AUTOINCREMENT, siteID INTEGER NOT NULL, date REAL NOT NULL, type INTEGER NOT NULL,
	is_local TINYINT NOT NULL, UNIQUE (siteID, date, type));
INSERT INTO history VALUES
	(1, 'aaaaaaaaaaaa', 'https://www.paper.example/', 'Paper', NULL, 0, 0, 0, 1),
	(2, 'bbbbbbbbbbbb', 'http://login.first.example/?next=/', 'Sign in', NULL, 0, 0, 1, 2);
INSERT INTO visits VALUES
	(1, 1, unix_us('2021-03-01 08:00:00') + 0.0, 1, 1),
	(2, 2, unix_us('2021-03-01 09:00:00') + 250001.0, 6, 1),
	(3, 1, unix_us('2021-03-02 09:00:00'), 1, 0);
