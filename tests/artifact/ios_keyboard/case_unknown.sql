-- Another table.
CREATE TABLE other (a TEXT);
INSERT INTO other VALUES ('x');
