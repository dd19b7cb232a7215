-- iOS 9: few columns, and attributes that cannot be read.
CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, parent INTEGER, type INTEGER,
    title TEXT, url TEXT, extra_attributes BLOB);
INSERT INTO bookmarks VALUES (1, 0, 0, 'Old', 'http://old.example/',
    CAST('broken http://inside.bad.example/' AS BLOB));
