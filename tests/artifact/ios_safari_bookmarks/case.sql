-- iOS 17: a folder with a bookmark, two of the reading list, one of them met.
CREATE TABLE bookmarks (id INTEGER PRIMARY KEY AUTOINCREMENT,
    special_id INTEGER DEFAULT 0, parent INTEGER, type INTEGER, title TEXT,
    url TEXT COLLATE NOCASE, num_children INTEGER DEFAULT 0,
    hidden INTEGER DEFAULT 0, order_index INTEGER NOT NULL,
    external_uuid TEXT UNIQUE, read INTEGER DEFAULT NULL,
    last_modified REAL DEFAULT NULL, deleted INTEGER DEFAULT 0,
    extra_attributes BLOB DEFAULT NULL, local_attributes BLOB DEFAULT NULL,
    locally_added BOOL DEFAULT 0);
INSERT INTO bookmarks VALUES (1, 1, 0, 1, 'BookmarksBar', NULL, 1, 0, 0, 'F-1',
    NULL, NULL, 0, NULL, NULL, 0);
INSERT INTO bookmarks VALUES (2, 0, 1, 0, 'Paper', 'https://paper.example/', 0,
    0, 1, 'B-1', NULL, mac('2024-03-01 08:00:00.5'), 0, plist('<dict>
<key>com.apple.Bookmark</key><dict><key>DateAdded</key>
<date>2024-02-01T08:00:00Z</date></dict></dict>'), NULL, 1);
INSERT INTO bookmarks VALUES (3, 0, 1, 0, 'Read later',
    'https://later.bad.example/a', 0, 0, 2, 'B-2', 0, NULL, 1, plist('<dict>
<key>com.apple.ReadingList</key><dict><key>DateAdded</key>
<date>2024-02-02T08:00:00Z</date><key>DateLastViewed</key>
<date>2024-02-03T08:00:00Z</date><key>PreviewText</key>
<string>As told at https://quoted.bad.example/ today</string></dict>
<key>com.apple.ReadingListNonSync</key><dict><key>DateLastFetched</key>
<date>2024-02-02T08:00:10Z</date><key>ArchiveOnDisk</key><true/></dict>
</dict>'), plist('<dict><key>Note</key><string>mine</string></dict>'), 1);
INSERT INTO bookmarks VALUES (4, 0, 9, 0, NULL, NULL, 0, 0, 3, NULL, NULL, NULL,
    0, NULL, NULL, 0);
