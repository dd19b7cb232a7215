-- Columns of later versions are not there; a visit whose page is gone, and values of other types than the column says.
CREATE TABLE urls (id INTEGER PRIMARY KEY, url LONGVARCHAR);
CREATE TABLE visits (id INTEGER PRIMARY KEY, url INTEGER, visit_time INTEGER);
INSERT INTO urls VALUES (1, 'https://www.paper.example/'), (2, NULL), (3, CAST('https://blob.example/' AS BLOB));
INSERT INTO visits VALUES (1, 99, webkit('2024-03-01 08:00:00')), (2, 1, NULL), (3, NULL, 0), (4, 2, 'yesterday'),
	(5, 3, -5);
