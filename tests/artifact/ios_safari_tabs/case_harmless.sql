-- Names of tabs and groups are not matched; hosts only as a whole.
CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, parent INTEGER, type INTEGER,
    title TEXT, url TEXT, extra_attributes BLOB, local_attributes BLOB);
INSERT INTO bookmarks VALUES (1, 0, 1, 'bad.example', NULL, NULL, NULL);
INSERT INTO bookmarks VALUES (2, 1, 0, 'bad.example',
    'https://notbad.example/bad.example?u=1', NULL, NULL);
