-- Without the table of actions: the shortcuts are read, and that their actions are not there is said.
CREATE TABLE ZSHORTCUT (Z_PK INTEGER PRIMARY KEY, ZNAME VARCHAR, ZCREATIONDATE TIMESTAMP);
INSERT INTO ZSHORTCUT VALUES (1, 'Open the paper', mac('2018-10-01 08:00:00'));
