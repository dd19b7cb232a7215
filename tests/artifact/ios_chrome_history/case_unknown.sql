-- Another schema: nothing can be read, and that is said.
CREATE TABLE visited (id INTEGER PRIMARY KEY, address TEXT);
INSERT INTO visited VALUES (1, 'https://www.paper.example/');
