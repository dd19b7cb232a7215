-- No data, data that are no property list, of another shape, cut short, as text, as a number; each costs itself alone.
CREATE TABLE ZSHORTCUT (Z_PK INTEGER PRIMARY KEY, ZNAME VARCHAR);
CREATE TABLE ZSHORTCUTACTIONS (Z_PK INTEGER PRIMARY KEY, ZSHORTCUT INTEGER, ZDATA);
INSERT INTO ZSHORTCUT VALUES (1, 'null'), (2, 'empty'), (3, 'rubbish'), (4, 'dictionary'), (5, 'cut'), (6, 'text'),
	(7, 'number'), (8, 'odd actions'), (9, 'good');
INSERT INTO ZSHORTCUTACTIONS VALUES (1, 1, NULL), (2, 2, x''), (3, 3, x'00112233'), (4, 4, plist('<dict/>')),
	(5, 5, substr(plist('<array><string>some text that is cut</string></array>'), 1, 30)),
	(6, 6, '<plist version="1.0"><array><dict><key>WFWorkflowActionIdentifier</key><string>of.xml</string></dict></array></plist>'),
	(7, 7, 12), (8, 8, plist('<array><string>is.workflow.actions.url</string></array>')),
	(9, 9, plist('<array><dict><key>WFWorkflowActionIdentifier</key><string>good</string></dict></array>'));
