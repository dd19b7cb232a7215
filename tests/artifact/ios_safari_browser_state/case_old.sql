-- iOS 11: the session lies in the tab itself.
CREATE TABLE tabs (id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT,
    title TEXT, url TEXT, user_visible_url TEXT, order_index INTEGER,
    last_viewed_time REAL, session_data BLOB);
INSERT INTO tabs VALUES (1, 'T-1', 'Old', 'http://old.example/',
    'old.example', 0, mac('2018-02-01 12:00:00'), tabdata('<dict>
<key>SessionHistory</key><dict><key>SessionHistoryEntries</key><array>
<dict><key>SessionHistoryEntryURL</key><string>http://older.example/</string>
</dict></array></dict></dict>'));
INSERT INTO tabs VALUES (2, 'T-2', 'New tab', NULL, NULL, 1, NULL,
    tabdata('<dict><key>RenderTreeSize</key><integer>0</integer></dict>'));
