-- Everything filled, and every kind of redirect.
CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, domain_expansion TEXT NULL,
	visit_count INTEGER NOT NULL);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL, visit_time REAL NOT NULL,
	title TEXT NULL, load_successful BOOLEAN NOT NULL DEFAULT 1, redirect_source INTEGER NULL UNIQUE,
	redirect_destination INTEGER NULL UNIQUE);

INSERT INTO history_items (id, url, visit_count) VALUES
	(1, 'https://www.paper.example/politics', 1),
	(2, 'http://go.first.example/x', 1), (3, 'https://second.example/landing?x=1', 1),
	(4, 'http://weather.example/', 1), (5, 'https://www.weather.example/', 1),
	(6, 'http://slow.example/', 1), (7, 'https://other.example/', 1),
	(8, 'https://secure.example/', 1), (9, 'https://third.example/', 1);
INSERT INTO history_visits (id, history_item, visit_time, title, redirect_source, redirect_destination) VALUES
	(1, 1, mac('2024-03-01 08:00:00'), 'Politics', NULL, NULL),
	-- http to another site after 0.4 s: the rule
	(2, 2, mac('2024-03-01 09:00:00.10'), NULL, NULL, 3),
	(3, 3, mac('2024-03-01 09:00:00.50'), 'Landing', 2, NULL),
	-- the same site moves to https
	(4, 4, mac('2024-03-01 10:00:00.10'), NULL, NULL, 5),
	(5, 5, mac('2024-03-01 10:00:00.20'), 'Weather', 4, NULL),
	-- another site, but after two seconds
	(6, 6, mac('2024-03-01 11:00:00'), NULL, NULL, 7),
	(7, 7, mac('2024-03-01 11:00:02'), 'Other', 6, NULL),
	-- another site at once, but from https
	(8, 8, mac('2024-03-01 12:00:00.0'), NULL, NULL, 9),
	(9, 9, mac('2024-03-01 12:00:00.3'), 'Third', 8, NULL);
