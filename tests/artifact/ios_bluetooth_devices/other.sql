CREATE TABLE OtherDevices (Uuid TEXT PRIMARY KEY, Name TEXT, Address TEXT,
    LastSeenTime INTEGER);
INSERT INTO OtherDevices VALUES ('BBBB-1', '', 'Random 02:00:00:00:00:03', 12);
