-- A version that keeps its icons elsewhere: there is nothing of that name, and that is said.
CREATE TABLE history (id INTEGER PRIMARY KEY, url TEXT);
INSERT INTO history VALUES (1, 'https://www.paper.example/');
