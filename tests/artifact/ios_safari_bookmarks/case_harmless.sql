-- A title is not matched, and a host only as a whole.
CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, parent INTEGER, type INTEGER,
    title TEXT, url TEXT);
INSERT INTO bookmarks VALUES (1, 0, 0, 'bad.example',
    'https://bad.example.paper.example/bad.example');
