-- Everything filled: two visits of one page, and a redirect.
CREATE TABLE urls (id INTEGER PRIMARY KEY AUTOINCREMENT, url LONGVARCHAR, title LONGVARCHAR,
	visit_count INTEGER DEFAULT 0 NOT NULL, typed_count INTEGER DEFAULT 0 NOT NULL, last_visit_time INTEGER NOT NULL,
	hidden INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE visits (id INTEGER PRIMARY KEY AUTOINCREMENT, url INTEGER NOT NULL, visit_time INTEGER NOT NULL,
	from_visit INTEGER, transition INTEGER DEFAULT 0 NOT NULL, segment_id INTEGER,
	visit_duration INTEGER DEFAULT 0 NOT NULL);
INSERT INTO urls (id, url, title, last_visit_time) VALUES
	(1, 'https://www.paper.example/politics', 'Politics', webkit('2024-03-01 09:00:00')),
	(2, 'https://cdn.first.example:8443/x?y=1', 'First', webkit('2024-03-01 09:30:00'));
INSERT INTO visits (id, url, visit_time, from_visit, transition, visit_duration) VALUES
	(1, 1, webkit('2024-03-01 08:00:00'), 0, 805306368, 2500000),
	(2, 2, webkit('2024-03-01 09:30:00'), 1, 805306376, 10),
	(3, 1, webkit('2024-03-01 09:00:00'), 2, 1, 0);
