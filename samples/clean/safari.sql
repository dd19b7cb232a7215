CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, visit_count INTEGER NOT NULL);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL, visit_time REAL NOT NULL,
	title TEXT NULL, redirect_source INTEGER NULL UNIQUE, redirect_destination INTEGER NULL UNIQUE);

INSERT INTO history_items VALUES (1, 'https://elections.harbour.example/shifts', 1), (2, 'http://weather.example/', 1),
	(3, 'https://weather.example/', 1);
-- The second visit goes from http to https on the same site: no injection.
INSERT INTO history_visits VALUES
	(1, 1, mac('2024-04-08 16:21:30'), 'Shifts', NULL, NULL),
	(2, 2, mac('2024-04-12 05:50:00.00'), NULL, NULL, 3),
	(3, 3, mac('2024-04-12 05:50:00.25'), 'Weather', 2, NULL);
