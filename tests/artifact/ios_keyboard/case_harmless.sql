-- A text that only holds the name of the indicator.
CREATE TABLE ZUSERDICTIONARYENTRY (Z_PK INTEGER PRIMARY KEY, ZTIMESTAMP TIMESTAMP, ZPHRASE VARCHAR, ZSHORTCUT VARCHAR);
INSERT INTO ZUSERDICTIONARYENTRY VALUES (1, NULL, 'write to https://notbad.example/ about com.example.stalker.keys', 'x');
