-- Neither table is there.
CREATE TABLE other (id INTEGER PRIMARY KEY, value BLOB);
INSERT INTO other VALUES (1, 'x');
