CREATE TABLE PairedDevices (Uuid TEXT PRIMARY KEY, Name TEXT,
    NameOrigin INTEGER, Address TEXT, ResolvedAddress TEXT,
    LastSeenTime INTEGER, LastConnectionTime INTEGER);
INSERT INTO PairedDevices VALUES ('AAAA-1', 'Ada''s Watch', 2,
    'Random 02:00:00:00:00:01', 'Public 02:00:00:00:00:02', 18263, 4711);
INSERT INTO PairedDevices (Uuid) VALUES ('AAAA-2');
