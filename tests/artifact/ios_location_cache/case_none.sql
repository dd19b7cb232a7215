-- Nobody set any: the list of tables is there.
CREATE TABLE TableInfo (TableName TEXT UNIQUE, SerialNumber TEXT);
INSERT INTO TableInfo VALUES ('CompassSettings', 'X');
