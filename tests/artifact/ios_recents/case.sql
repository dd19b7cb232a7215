-- Addresses of two kinds with their entry, one whose entry is gone, an entry without an address.
CREATE TABLE recents (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, display_name TEXT, bundle_identifier TEXT, sending_address TEXT,
	original_source TEXT, dates TEXT, last_date INTEGER, weight REAL, count INTEGER, group_kind INTEGER, record_hash TEXT);
CREATE TABLE contacts (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, recent_id INTEGER, kind TEXT, address TEXT, display_name TEXT);
CREATE TABLE metadata (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, recent_id INTEGER, key TEXT, value BLOB);
INSERT INTO recents VALUES (1, 'Lure', 'com.apple.mobilemail', 'mara@mail.example', 'com.apple.mobilemail', '1709280000000:1709366400000',
	unix('2024-03-02 08:00:00') * 1000, 1.5, 2, 0, 'h'), (2, NULL, 'com.apple.MobileSMS', NULL, NULL, NULL, unix('2024-03-03 08:00:00') * 1000,
	NULL, 1, 1, NULL), (3, 'Nobody', 'com.example.stalker', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO contacts VALUES (1, 1, 'email', 'lure@mail.example', 'Lure'), (2, 2, 'phone', '+15550100123', NULL), (3, 9, 'email',
	'gone@mail.example', NULL);
INSERT INTO metadata VALUES (1, 1, 'k', 'v');
