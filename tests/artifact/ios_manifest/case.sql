-- A file, a folder, a link; a name that indicators know; a file that artifacts ask for, and its wal.
CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);
CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB);
CREATE TABLE paths (domain TEXT, path TEXT, flags INTEGER, mode INTEGER, size INTEGER);
INSERT INTO paths VALUES
	('HomeDomain', 'Library', 2, 16877, 0),
	('HomeDomain', 'Library/SMS/sms.db', 1, 33188, 20480),
	('HomeDomain', 'Library/SMS/sms.db-wal', 1, 33188, 4152),
	('HomeDomain', 'Library/Preferences/com.apple.bad.plist', 1, 33152, 77),
	('AppDomainGroup-group.com.example.x', 'Media/implant-kit.bin', 1, 33188, 5),
	('UnknownDomain', 'Library/x y.bin', 1, 33188, 5);
INSERT INTO Files SELECT fileid(domain, path), domain, path, flags, mbfile(path, size, mode, 501,
	unix('2024-01-01 00:00:00'), unix('2024-03-01 10:00:00'), unix('2024-03-01 10:00:01')) FROM paths;
DROP TABLE paths;
INSERT INTO Files VALUES
	(fileid('HomeDomain', 'Library/link'), 'HomeDomain', 'Library/link', 4, plist('<dict>
	<key>$version</key><integer>100000</integer><key>$archiver</key><string>NSKeyedArchiver</string>
	<key>$top</key><dict><key>root</key><dict><key>CF$UID</key><integer>1</integer></dict></dict>
	<key>$objects</key><array><string>$null</string>
	<dict><key>Mode</key><integer>41471</integer><key>UserID</key><integer>0</integer><key>GroupID</key><integer>0</integer>
	<key>Target</key><dict><key>CF$UID</key><integer>3</integer></dict>
	<key>RelativePath</key><dict><key>CF$UID</key><integer>2</integer></dict></dict>
	<string>Library/link</string><string>/private/var/tmp/bad/agent</string></array></dict>'));
