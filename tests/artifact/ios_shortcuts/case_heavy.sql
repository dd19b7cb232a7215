-- Actions that are small and would take a day to walk: they cost themselves alone.
CREATE TABLE ZSHORTCUT (Z_PK INTEGER PRIMARY KEY, ZNAME VARCHAR);
CREATE TABLE ZSHORTCUTACTIONS (Z_PK INTEGER PRIMARY KEY, ZSHORTCUT INTEGER, ZDATA BLOB);
INSERT INTO ZSHORTCUT VALUES (1, 'heavy'), (2, 'light');
INSERT INTO ZSHORTCUTACTIONS VALUES (1, 1, blob_file('heavy.hex')),
	(2, 2, plist('<array><dict><key>WFWorkflowActionIdentifier</key><string>light</string></dict></array>'));
