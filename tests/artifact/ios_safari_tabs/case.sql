-- iOS 17: a profile, a group with two tabs, one private tab; a session in the
-- tab, one in a table of its own, one that no tab asks for; someone who shares
-- a group.
CREATE TABLE bookmarks (id INTEGER PRIMARY KEY AUTOINCREMENT,
    special_id INTEGER DEFAULT 0, parent INTEGER, type INTEGER, title TEXT,
    url TEXT COLLATE NOCASE, hidden INTEGER DEFAULT 0, order_index INTEGER,
    external_uuid TEXT UNIQUE, last_modified REAL, date_closed REAL,
    deleted INTEGER DEFAULT 0, extra_attributes BLOB, local_attributes BLOB,
    subtype INTEGER DEFAULT 0);
CREATE TABLE windows (id INTEGER PRIMARY KEY, active_tab_group_id INTEGER,
    date_closed REAL, local_tab_group_id INTEGER,
    private_tab_group_id INTEGER, uuid TEXT);
CREATE TABLE session_state (uuid TEXT PRIMARY KEY NOT NULL, data BLOB);
CREATE TABLE participant_presence (id INTEGER PRIMARY KEY,
    participant_id TEXT, tab_group_server_id TEXT, tab_server_id TEXT);
INSERT INTO bookmarks VALUES (1, 0, 0, 1, 'Work', NULL, 0, 0, 'P-1', NULL,
    NULL, 0, plist('<dict><key>SymbolImageName</key>
<string>person.fill</string></dict>'), NULL, 2);
INSERT INTO bookmarks VALUES (2, 0, 1, 1, 'Election', NULL, 0, 0, 'G-1', NULL,
    NULL, 0, plist('<dict><key>com.apple.Bookmark</key><dict>
<key>DateAdded</key><date>2024-03-01T08:00:00Z</date></dict></dict>'), NULL, 0);
INSERT INTO bookmarks VALUES (3, 0, 2, 0, 'Polling places',
    'https://polls.example/', 0, 0, 'T-1', NULL, NULL, 0, plist('<dict>
<key>DateLastViewed</key><date>2024-03-03T07:00:00Z</date>
<key>DeviceIdentifier</key><string>D-1</string>
<key>LocalTitle</key><string>Places</string>
<key>LocalURL</key><string>https://local.bad.example/</string>
<key>com.apple.Bookmark</key><dict>
<key>DateAdded</key><date>2024-03-02T08:00:00Z</date></dict></dict>'),
    plist('<dict><key>LastVisitTime</key><real>731142000.5</real>
<key>OpenedFromLink</key><true/><key>WindowUUID</key><string>W-1</string>
<key>SessionState</key><data-hex>00000002' ||
    hex(plist('<dict><key>SessionHistory</key><dict>
<key>SessionHistoryEntries</key><array><dict>
<key>SessionHistoryEntryURL</key><string>https://polls.example/</string>
<key>SessionHistoryEntryTitle</key><string>Polling places</string>
<key>SessionHistoryEntryOriginalURL</key><string>http://short.bad.example/p</string>
</dict></array></dict></dict>')) || '</data-hex></dict>'), 0);
-- Viewed in seconds since 1970, as iOS 26 writes them; closed.
INSERT INTO bookmarks VALUES (4, 0, 2, 0, NULL, 'https://second.example/', 1, 1,
    'T-2', NULL, NULL, 1, NULL, plist('<dict>
<key>LastVisitTime</key><real>1763000000.25</real>
<key>DateClosed</key><date>2025-11-13T03:00:00Z</date></dict>'), 0);
INSERT INTO bookmarks VALUES (5, 0, 0, 1, NULL, NULL, 0, 2, 'G-2', NULL, NULL,
    0, NULL, NULL, 0);
INSERT INTO bookmarks VALUES (6, 0, 5, 0, 'Secret',
    'https://private.bad.example/', 0, 0, 'T-3', NULL, NULL, 0, NULL, NULL, 0);
INSERT INTO windows VALUES (1, 2, NULL, 2, 5, 'W-1');
INSERT INTO windows VALUES (2, 2, mac('2024-03-04 10:00:00'), NULL, NULL, 'W-2');
INSERT INTO session_state VALUES ('T-3', tabdata('<dict>
<key>SessionHistory</key><dict><key>SessionHistoryEntries</key><array><dict>
<key>SessionHistoryEntryURL</key><string>https://table.bad.example/</string>
</dict></array></dict></dict>'));
INSERT INTO session_state VALUES ('T-9',
    CAST('another form, https://lost.bad.example/x in it' AS BLOB));
INSERT INTO participant_presence VALUES (1, 'ada@bad.example', 'S-1', 'S-2');
