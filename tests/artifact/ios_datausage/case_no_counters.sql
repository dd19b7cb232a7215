-- Another schema: the processes are read, and that there are no counters is said.
CREATE TABLE ZPROCESS (Z_PK INTEGER PRIMARY KEY, ZPROCNAME VARCHAR);
INSERT INTO ZPROCESS VALUES (1, 'paper'), (3, 'mail');
