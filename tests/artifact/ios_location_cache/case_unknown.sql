-- Neither a fence nor a list of tables.
CREATE TABLE CellLocation (MCC INTEGER, Latitude FLOAT);
INSERT INTO CellLocation VALUES (1, 2);
