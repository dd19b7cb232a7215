-- A host that ends as an indicator does, and one that has it as its path;
-- session data that cannot be read is a gap and is searched as it stands.
CREATE TABLE tabs (id INTEGER PRIMARY KEY, uuid TEXT, title TEXT, url TEXT,
    session_data BLOB);
INSERT INTO tabs VALUES (1, 'T-1', 'bad.example', 'https://notbad.example/bad.example',
    NULL);
INSERT INTO tabs VALUES (2, 'T-2', NULL, 'https://fine.example/',
    CAST('____ broken http://alsobad.example/ ' AS BLOB));
