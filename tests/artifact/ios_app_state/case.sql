-- Every field: an app with paths, one that was removed, one of which only the number is left, one with other settings alone; pictures with
-- times; a value without an app, one without a key.
CREATE TABLE application_identifier_tab (id INTEGER PRIMARY KEY, application_identifier TEXT NOT NULL);
CREATE TABLE key_tab (id INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE TABLE kvs (id INTEGER PRIMARY KEY, application_identifier INTEGER, key INTEGER, value BLOB);
INSERT INTO application_identifier_tab VALUES (1, 'com.example.maps'), (2, 'com.example.stalker'), (3, 'com.example.gone'), (4, 'com.example.quiet');
INSERT INTO key_tab VALUES (5, 'compatibilityInfo'), (6, '_UninstallDate'), (7, 'XBApplicationSnapshotManifest'), (8, 'SBApplicationShortcutItems');
INSERT INTO kvs VALUES
	(1, 1, 5, plist('<dict><key>$archiver</key><string>NSKeyedArchiver</string><key>$top</key><dict><key>root</key>
		<dict><key>CF$UID</key><integer>1</integer></dict></dict><key>$objects</key><array><string>$null</string>
		<dict><key>bundleIdentifier</key><dict><key>CF$UID</key><integer>2</integer></dict>
		<key>bundlePath</key><dict><key>CF$UID</key><integer>3</integer></dict>
		<key>sandboxPath</key><dict><key>CF$UID</key><integer>4</integer></dict></dict>
		<string>com.example.maps</string><string>/private/var/containers/Bundle/Application/0A1B/Maps.app</string>
		<string>/private/var/mobile/Containers/Data/Application/0C1D</string></array></dict>')),
	(2, 1, 7, plist('<dict><key>$archiver</key><string>NSKeyedArchiver</string><key>$top</key><dict><key>root</key>
		<dict><key>CF$UID</key><integer>1</integer></dict></dict><key>$objects</key><array><string>$null</string>
		<dict><key>creationDate</key><dict><key>CF$UID</key><integer>3</integer></dict></dict>
		<dict><key>creationDate</key><dict><key>CF$UID</key><integer>4</integer></dict></dict>
		<dict><key>NS.time</key><real>700000001</real></dict><dict><key>NS.time</key><real>700000000</real></dict></array></dict>')),
	(3, 2, 6, plist('<date>2024-03-01T08:00:00Z</date>')),
	(4, 4, 8, plist('<array/>')),
	(5, 9, 8, plist('<array/>')),
	(6, 4, 99, plist('<array/>'));
