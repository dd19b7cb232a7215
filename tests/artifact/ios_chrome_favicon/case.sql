-- Two pages that share an icon; an icon of two sizes; one that was never updated, only requested.
CREATE TABLE icon_mapping (id INTEGER PRIMARY KEY, page_url LONGVARCHAR NOT NULL, icon_id INTEGER);
CREATE TABLE favicons (id INTEGER PRIMARY KEY, url LONGVARCHAR NOT NULL, icon_type INTEGER DEFAULT 1);
CREATE TABLE favicon_bitmaps (id INTEGER PRIMARY KEY, icon_id INTEGER NOT NULL, last_updated INTEGER DEFAULT 0,
	image_data BLOB, width INTEGER DEFAULT 0, height INTEGER DEFAULT 0, last_requested INTEGER DEFAULT 0);
INSERT INTO favicons VALUES (1, 'https://www.paper.example/favicon.ico', 1), (2, 'https://icons.first.example/i.png', 1),
	(3, 'https://www.second.example/favicon.ico', 1);
INSERT INTO icon_mapping VALUES (1, 'https://www.paper.example/', 1), (2, 'https://www.paper.example/politics', 1),
	(3, 'https://harmless.example/page', 2), (4, 'https://www.second.example/login', 3);
INSERT INTO favicon_bitmaps VALUES
	(1, 1, webkit('2024-03-01 08:00:00'), x'89504e47', 16, 16, 0),
	(2, 1, webkit('2024-03-01 08:00:01'), x'89504e47', 32, 32, 0),
	(3, 2, webkit('2024-03-02 08:00:00'), NULL, 16, 16, webkit('2024-03-03 08:00:00')),
	(4, 3, 0, NULL, 16, 16, webkit('2024-03-04 08:00:00'));
