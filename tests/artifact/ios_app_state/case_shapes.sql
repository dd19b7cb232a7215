-- Values of another shape: each keeps its record and is a gap, but for pictures, which are only named.
CREATE TABLE application_identifier_tab (id INTEGER PRIMARY KEY, application_identifier TEXT NOT NULL);
CREATE TABLE key_tab (id INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE TABLE kvs (id INTEGER PRIMARY KEY, application_identifier INTEGER, key INTEGER, value BLOB);
INSERT INTO application_identifier_tab VALUES (1, 'com.example.a'), (2, 'com.example.b'), (70000, 'com.example.far');
INSERT INTO key_tab VALUES (1, 'compatibilityInfo'), (2, '_UninstallDate'), (3, 'XBApplicationSnapshotManifest');
INSERT INTO kvs VALUES (1, 1, 1, x'00'), (2, 1, 2, plist('<string>yesterday</string>')), (3, 1, 3, x'00'), (4, 2, 1, plist('<array/>')),
	(5, 2, 2, NULL), (6, 70000, 3, plist('<array/>'));
