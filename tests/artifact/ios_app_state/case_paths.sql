-- A plain list instead of an archive, one packed as data once more, a time as a number; a path that an indicator names.
CREATE TABLE application_identifier_tab (id INTEGER PRIMARY KEY, application_identifier TEXT NOT NULL);
CREATE TABLE key_tab (id INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE TABLE kvs (id INTEGER PRIMARY KEY, application_identifier INTEGER, key INTEGER, value BLOB);
INSERT INTO application_identifier_tab VALUES (1, 'com.example.a'), (2, 'com.example.b');
INSERT INTO key_tab VALUES (1, 'compatibilityInfo'), (2, '_UninstallDate');
INSERT INTO kvs VALUES
	(1, 1, 1, plist('<dict><key>bundlePath</key><string>/private/var/db/implant/X.app</string></dict>')),
	(2, 2, 1, plist('<data-plist><dict><key>bundlePath</key><string>/Applications/B.app</string></dict></data-plist>')),
	(3, 2, 2, plist('<real>730000000</real>'));
