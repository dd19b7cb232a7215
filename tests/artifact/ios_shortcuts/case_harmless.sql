CREATE TABLE ZSHORTCUT (Z_PK INTEGER PRIMARY KEY, ZNAME VARCHAR, ZCREATIONDATE TIMESTAMP, ZMODIFICATIONDATE TIMESTAMP,
	ZACTIONSDESCRIPTION VARCHAR);
CREATE TABLE ZSHORTCUTACTIONS (Z_PK INTEGER PRIMARY KEY, ZSHORTCUT INTEGER, ZDATA BLOB);
INSERT INTO ZSHORTCUT VALUES (1, 'evil.example', mac('2024-03-01 08:00:00'), mac('2024-03-01 08:00:00'), 'notevil.example');
INSERT INTO ZSHORTCUTACTIONS VALUES (1, 1, plist('<array><dict><key>WFWorkflowActionParameters</key>
	<dict><key>a</key><string>https://evil.example.test/</string><key>evil.example</key><string>x@notevil.example</string></dict></dict></array>'));
