CREATE TABLE ZSHORTCUT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZACTIONCOUNT INTEGER, ZCREATIONDATE TIMESTAMP,
	ZMODIFICATIONDATE TIMESTAMP, ZACTIONSDESCRIPTION VARCHAR, ZNAME VARCHAR, ZWORKFLOWID VARCHAR);
CREATE TABLE ZSHORTCUTACTIONS (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZSHORTCUT INTEGER, ZDATA BLOB);

INSERT INTO ZSHORTCUT VALUES
	(1, 1, 1, 2, mac('2024-02-20 17:58:00'), mac('2024-02-20 18:00:00'), 'URL, Open URLs', 'Walk list', 'F-1');
INSERT INTO ZSHORTCUTACTIONS VALUES (1, 2, 1, 1, plist('<array>
	<dict><key>WFWorkflowActionIdentifier</key><string>is.workflow.actions.url</string>
	<key>WFWorkflowActionParameters</key><dict><key>WFURLActionURL</key>
	<string>https://maps.harbourticket.example/walk/next</string></dict></dict>
	<dict><key>WFWorkflowActionIdentifier</key><string>is.workflow.actions.openurl</string>
	<key>WFWorkflowActionParameters</key><dict/></dict></array>'));
