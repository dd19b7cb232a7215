-- Paths and names that only begin like an indicator, or lie elsewhere.
CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);
INSERT INTO Files (fileID, domain, relativePath, flags) VALUES
	('a1', 'HomeDomain', 'Library/Preferences/com.apple.bad.plist.old', 1),
	('a2', 'AppDomain-com.example.x', 'Library/Preferences/com.apple.bad.plist', 1),
	('a3', 'HomeDomain', 'Library/not-implant-kit.bin', 1),
	('a4', 'RootDomain', 'Library/implant-kit.bin.txt', 1);
