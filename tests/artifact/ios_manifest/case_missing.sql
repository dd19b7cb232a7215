-- Rows without a description, with one that is damaged, and one of an old version, with dates.
CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);
INSERT INTO Files VALUES
	('b1', 'HomeDomain', 'Library/a.db', 1, NULL),
	('b2', NULL, NULL, NULL, NULL),
	('b3', 'HomeDomain', 'Library/c.db', 1, X'62706c6973743030d1'),
	('b4', 'HomeDomain', 'Library/d.db', 1, plist('<dict>
	<key>$version</key><integer>100000</integer><key>$archiver</key><string>NSKeyedArchiver</string>
	<key>$top</key><dict><key>root</key><dict><key>CF$UID</key><integer>1</integer></dict></dict>
	<key>$objects</key><array><string>$null</string>
	<dict><key>LastModified</key><dict><key>CF$UID</key><integer>2</integer></dict><key>Size</key><integer>9</integer></dict>
	<dict><key>NS.time</key><real>500000000.5</real><key>$class</key><dict><key>CF$UID</key><integer>3</integer></dict></dict>
	<dict><key>$classname</key><string>NSDate</string><key>$classes</key><array><string>NSDate</string>
	<string>NSObject</string></array></dict></array></dict>'));
