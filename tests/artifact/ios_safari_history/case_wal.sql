-- The last visit, the one that counts, was not yet written back.
CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, visit_count INTEGER NOT NULL);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL, visit_time REAL NOT NULL,
	title TEXT NULL);
INSERT INTO history_items VALUES (1, 'https://www.paper.example/', 1);
INSERT INTO history_visits VALUES (1, 1, mac('2024-03-01 08:00:00'), 'Paper');
-- wal
INSERT INTO history_items VALUES (2, 'https://cdn.bad.example:8443/l#x', 1);
INSERT INTO history_visits VALUES (2, 2, mac('2024-03-01 08:05:00'), NULL);
UPDATE history_visits SET title = 'Paper, later' WHERE id = 1;
