-- No bitmap, no icon, no number of an icon; bitmaps without the column for requests.
CREATE TABLE icon_mapping (id INTEGER PRIMARY KEY, page_url LONGVARCHAR, icon_id INTEGER);
CREATE TABLE favicons (id INTEGER PRIMARY KEY, url LONGVARCHAR);
CREATE TABLE favicon_bitmaps (id INTEGER PRIMARY KEY, icon_id INTEGER, last_updated INTEGER);
INSERT INTO favicons VALUES (1, 'https://www.paper.example/favicon.ico');
INSERT INTO icon_mapping VALUES (1, 'https://www.paper.example/', 1), (2, 'https://other.example/', 9), (3, NULL, NULL);
INSERT INTO favicon_bitmaps VALUES (1, 7, webkit('2024-03-01 08:00:00'));
