-- Every field; texts at any depth of the parameters; a shortcut without actions; actions whose shortcut is gone; two rows of actions.
CREATE TABLE ZSHORTCUT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZNAME VARCHAR, ZCREATIONDATE TIMESTAMP,
	ZMODIFICATIONDATE TIMESTAMP, ZACTIONSDESCRIPTION VARCHAR, ZWORKFLOWID VARCHAR);
CREATE TABLE ZSHORTCUTACTIONS (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZSHORTCUT INTEGER, ZDATA BLOB);
INSERT INTO ZSHORTCUT VALUES
	(1, 1, 1, 'Open the paper', mac('2024-03-01 08:00:00.25'), mac('2024-03-02 08:00:00'), '2 actions',
		'0A1B2C3D-0000-4000-8000-000000000001'),
	(2, 1, 1, 'Send it', mac('2024-03-03 08:00:00'), mac('2024-03-04 08:00:00'), '1 action', 'two'),
	(3, 1, 1, 'Empty', mac('2024-03-05 08:00:00'), NULL, NULL, NULL);
INSERT INTO ZSHORTCUTACTIONS VALUES
	(1, 2, 1, 1, plist('<array>
		<dict><key>WFWorkflowActionIdentifier</key><string>is.workflow.actions.url</string>
			<key>WFWorkflowActionParameters</key><dict><key>WFURLActionURL</key><string>https://www.paper.example/</string></dict></dict>
		<dict><key>WFWorkflowActionIdentifier</key><string>is.workflow.actions.openurl</string></dict>
	</array>')),
	(2, 2, 1, 2, plist('<array>
		<dict><key>WFWorkflowActionIdentifier</key><string>is.workflow.actions.downloadurl</string>
			<key>WFWorkflowActionParameters</key><dict><key>WFHTTPHeaders</key><dict><key>Value</key><array>
				<dict><key>WFValue</key><dict><key>string</key><string>see https://up.first.example/x for more</string></dict></dict>
				<integer>5</integer></array></dict></dict></dict>
	</array>')),
	(3, 2, 1, 9, plist('<array><dict><key>WFWorkflowActionIdentifier</key><string>is.workflow.actions.lost</string></dict></array>')),
	(4, 2, 1, 2, plist('<array/>'));
