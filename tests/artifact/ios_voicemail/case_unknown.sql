-- Another table.
CREATE TABLE messages (date INTEGER);
INSERT INTO messages VALUES (1);
