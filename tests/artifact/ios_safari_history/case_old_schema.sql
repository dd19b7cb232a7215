-- No redirects and no titles in the table; an item that is gone; a visit without a time.
CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT, visit_count INTEGER);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER, visit_time REAL);
INSERT INTO history_items VALUES (1, 'https://www.paper.example/', 1), (2, NULL, 1);
INSERT INTO history_visits VALUES
	(1, 1, mac('2015-06-01 08:00:00')), (2, 77, mac('2015-06-01 08:01:00')), (3, 1, NULL), (4, 2, mac('2015-06-01 08:02:00')),
	(5, NULL, 0);
