-- Names of indicators where they mean nothing.
CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, visit_count INTEGER NOT NULL);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL, visit_time REAL NOT NULL,
	title TEXT NULL, redirect_source INTEGER NULL, redirect_destination INTEGER NULL);
INSERT INTO history_items VALUES
	(1, 'https://notbad.example/', 1), (2, 'https://bad.example.paper.test/', 1),
	(3, 'https://paper.test/?q=bad.example', 1), (4, 'https://11.2.3.45/', 1), (5, 'https://bad-example.test/', 1);
INSERT INTO history_visits (history_item, visit_time, title)
	SELECT id, mac('2024-03-01 08:00:00') + id, 'All about bad.example' FROM history_items;
