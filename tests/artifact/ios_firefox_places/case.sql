-- A link that was followed by a redirect, a visit of another device, pages
-- without stored visits, bookmarks in a folder.
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR NOT NULL,
    title LONGVARCHAR, visit_count_local INTEGER NOT NULL DEFAULT 0,
    visit_count_remote INTEGER NOT NULL DEFAULT 0,
    hidden INTEGER DEFAULT 0 NOT NULL, typed INTEGER DEFAULT 0 NOT NULL,
    last_visit_date_local INTEGER NOT NULL DEFAULT 0,
    last_visit_date_remote INTEGER NOT NULL DEFAULT 0,
    guid TEXT NOT NULL UNIQUE, url_hash INTEGER DEFAULT 0 NOT NULL,
    description TEXT, preview_image_url TEXT);
CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY,
    is_local INTEGER NOT NULL, from_visit INTEGER, place_id INTEGER NOT NULL,
    visit_date INTEGER NOT NULL, visit_type INTEGER NOT NULL);
CREATE TABLE moz_bookmarks (id INTEGER PRIMARY KEY, fk INTEGER DEFAULT NULL,
    type INTEGER NOT NULL, parent INTEGER, position INTEGER NOT NULL,
    title TEXT, dateAdded INTEGER NOT NULL DEFAULT 0,
    lastModified INTEGER NOT NULL DEFAULT 0, guid TEXT NOT NULL UNIQUE);
INSERT INTO moz_places VALUES
    (1, 'http://short.example/1', NULL, 1, 0, 1, 0,
    unix('2024-03-01 08:00:00') * 1000, 0, 'a', 1, NULL, NULL),
    (2, 'https://landing.bad.example/', 'Landing', 1, 1, 0, 2,
    unix('2024-03-01 08:00:01') * 1000, unix('2024-03-01 09:00:00') * 1000,
    'b', 2, 'A page', 'https://image.example/i.png'),
    (3, 'https://once.bad.example/', 'Once', 3, 0, 0, 0,
    unix('2024-02-01 08:00:00') * 1000, 0, 'c', 3, NULL, NULL),
    (4, 'https://saved.bad.example/', 'Saved', 0, 0, 0, 0, 0, 0, 'd', 4, NULL,
    NULL);
INSERT INTO moz_historyvisits VALUES
    (1, 1, NULL, 1, unix('2024-03-01 08:00:00') * 1000, 1),
    (2, 1, 1, 2, unix('2024-03-01 08:00:00') * 1000 + 250, 6),
    (3, 0, NULL, 2, unix('2024-03-01 09:00:00') * 1000, 99),
    (4, 1, 77, 9, unix('2024-03-02 09:00:00') * 1000, 2);
INSERT INTO moz_bookmarks VALUES
    (1, NULL, 2, NULL, 0, 'mobile', unix('2024-01-01 00:00:00') * 1000, 0, 'r'),
    (2, 4, 1, 1, 0, 'Mine', unix('2024-01-02 00:00:00') * 1000,
    unix('2024-01-03 00:00:00') * 1000, 's'),
    (3, NULL, 3, 1, 1, NULL, 0, 0, 't');
