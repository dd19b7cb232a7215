-- iOS 14: sessions in a table of their own; a private tab, a tab without a
-- session, a session without a tab.
CREATE TABLE tabs (id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE, title TEXT, url TEXT COLLATE NOCASE,
    user_visible_url TEXT COLLATE NOCASE, order_index INTEGER NOT NULL,
    last_viewed_time REAL DEFAULT NULL, opened_from_link BOOL DEFAULT 0,
    private_browsing BOOL DEFAULT 0, browser_window_uuid TEXT NOT NULL);
CREATE TABLE tab_sessions (id INTEGER PRIMARY KEY AUTOINCREMENT,
    tab_uuid TEXT NOT NULL UNIQUE, session_data BLOB DEFAULT NULL,
    uncompressed_session_data_size INTEGER NOT NULL DEFAULT 0);
INSERT INTO tabs VALUES (1, 'T-1', 'Polling places',
    'https://polls.example/list', 'https://polls.example/list', 0,
    mac('2024-03-03 07:00:00.25'), 1, 0, 'W-1');
INSERT INTO tabs VALUES (2, 'T-2', NULL, 'https://private.example/', NULL, 1,
    NULL, 0, 1, 'W-1');
INSERT INTO tab_sessions VALUES (1, 'T-1', tabdata('<dict>
<key>SessionHistory</key><dict><key>SessionHistoryCurrentIndex</key>
<integer>1</integer><key>SessionHistoryEntries</key><array>
<dict><key>SessionHistoryEntryURL</key><string>https://first.example/go</string>
<key>SessionHistoryEntryTitle</key><string>First</string>
<key>SessionHistoryEntryOriginalURL</key><string>http://link.example/1</string>
<key>SessionHistoryEntryData</key><data>AAEC</data></dict>
<dict><key>SessionHistoryEntryURL</key><string>https://polls.example/list</string>
</dict></array></dict></dict>'), 0);
INSERT INTO tab_sessions VALUES (2, 'T-9', tabdata('<dict>
<key>SessionHistory</key><dict><key>SessionHistoryEntries</key><array>
<dict><key>SessionHistoryEntryURL</key><string>https://closed.example/</string>
</dict></array></dict></dict>'), 0);
