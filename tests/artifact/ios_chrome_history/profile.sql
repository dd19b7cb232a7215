CREATE TABLE urls (id INTEGER PRIMARY KEY, url LONGVARCHAR);
CREATE TABLE visits (id INTEGER PRIMARY KEY, url INTEGER, visit_time INTEGER);
INSERT INTO urls VALUES (1, 'https://www.paper.example/');
INSERT INTO visits VALUES (1, 1, webkit('2024-03-01 08:00:00'));
