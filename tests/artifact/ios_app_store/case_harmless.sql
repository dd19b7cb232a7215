-- An app whose name begins like that of the indicator, and an account that one names: it is the owner's own.
CREATE TABLE ZMICROPAYMENTCLIENT (Z_PK INTEGER PRIMARY KEY, ZIDENTIFIER VARCHAR);
INSERT INTO ZMICROPAYMENTCLIENT VALUES (1, 'com.example.stalkers');
CREATE TABLE app_install (pid INTEGER PRIMARY KEY, apple_id TEXT, bundle_id TEXT);
INSERT INTO app_install VALUES (1, 'mara@mail.example', 'com.example.maps');
