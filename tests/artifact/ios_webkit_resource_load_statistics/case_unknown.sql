CREATE TABLE Observed (id INTEGER PRIMARY KEY, domain TEXT);
INSERT INTO Observed VALUES (1, 'paper.example');
