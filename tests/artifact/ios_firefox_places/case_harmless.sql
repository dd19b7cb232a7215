-- An early version with fewer columns and no bookmarks; titles are not matched.
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT, title TEXT);
CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, place_id INTEGER,
    visit_date INTEGER, visit_type INTEGER);
INSERT INTO moz_places VALUES (1, 'https://notbad.example/?bad.example',
    'bad.example'), (2, 'https://other.example/', NULL);
INSERT INTO moz_historyvisits VALUES (1, 1, NULL, NULL);
