CREATE TABLE settings(hash BLOB);
INSERT INTO settings VALUES (x'01');
