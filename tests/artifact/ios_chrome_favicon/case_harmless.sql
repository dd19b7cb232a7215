CREATE TABLE icon_mapping (id INTEGER PRIMARY KEY, page_url LONGVARCHAR NOT NULL, icon_id INTEGER);
CREATE TABLE favicons (id INTEGER PRIMARY KEY, url LONGVARCHAR NOT NULL);
CREATE TABLE favicon_bitmaps (id INTEGER PRIMARY KEY, icon_id INTEGER NOT NULL, last_updated INTEGER, last_requested INTEGER);
INSERT INTO favicons VALUES (1, 'https://notevil.example/favicon.ico');
INSERT INTO icon_mapping VALUES (1, 'https://evil.example.paper.test/', 1);
INSERT INTO favicon_bitmaps VALUES (1, 1, webkit('2024-03-01 08:00:00'), 0);
