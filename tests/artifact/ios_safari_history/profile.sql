CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL, visit_time REAL NOT NULL);
INSERT INTO history_items VALUES (1, 'https://www.paper.example/');
INSERT INTO history_visits VALUES (1, 1, mac('2024-03-01 08:00:00'));
