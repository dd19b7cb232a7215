-- Names of indicators where they mean nothing.
CREATE TABLE urls (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR);
CREATE TABLE visits (id INTEGER PRIMARY KEY, url INTEGER NOT NULL, visit_time INTEGER NOT NULL);
INSERT INTO urls VALUES (1, 'https://notevil.example/', 'evil.example'), (2, 'https://evil.example.paper.test/', NULL),
	(3, 'https://paper.test/evil.example', NULL);
INSERT INTO visits SELECT id, id, webkit('2024-03-01 08:00:00') FROM urls;
