CREATE TABLE browser_windows (id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL, type INTEGER DEFAULT 0, scene_id TEXT,
	CONSTRAINT uuid_type_index UNIQUE(uuid, type));
CREATE TABLE tabs (id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, title TEXT, url TEXT COLLATE NOCASE,
	user_visible_url TEXT COLLATE NOCASE, order_index INTEGER NOT NULL, last_viewed_time REAL DEFAULT NULL,
	readinglist_bookmark_id INTEGER DEFAULT 0, opened_from_link BOOL DEFAULT 0, showing_reader BOOL DEFAULT 0,
	private_browsing BOOL DEFAULT 0, browser_window_uuid TEXT NOT NULL, browser_window_id INTEGER NOT NULL);
CREATE TABLE tab_sessions (id INTEGER PRIMARY KEY AUTOINCREMENT, tab_uuid TEXT NOT NULL UNIQUE,
	session_data BLOB DEFAULT NULL, uncompressed_session_data_size INTEGER NOT NULL DEFAULT 0);
CREATE INDEX tabs__uuid ON tabs (uuid);
CREATE INDEX tab_sessions__uuid ON tab_sessions (tab_uuid);

INSERT INTO browser_windows (id, uuid) VALUES (1, 'W-1');
INSERT INTO tabs (uuid, title, url, user_visible_url, order_index, last_viewed_time, opened_from_link, browser_window_uuid,
	browser_window_id) VALUES
	('T-1', 'Volunteers - Harbour Ticket', 'https://harbourticket.example/volunteers',
	 'https://harbourticket.example/volunteers', 0, mac('2024-04-11 06:50:10'), 0, 'W-1', 1),
	('T-2', 'Find your polling place', 'https://elections.harbour.example/find-polling-place',
	 'https://elections.harbour.example/find-polling-place', 1, mac('2024-03-11 09:15:02'), 1, 'W-1', 1);
-- The second tab was opened by the link: its way back still leads there.
INSERT INTO tab_sessions (tab_uuid, session_data) VALUES
	('T-1', tabdata('<dict><key>SessionHistory</key><dict><key>SessionHistoryCurrentIndex</key><integer>0</integer>
	 <key>SessionHistoryVersion</key><integer>1</integer><key>SessionHistoryEntries</key><array><dict>
	 <key>SessionHistoryEntryTitle</key><string>Volunteers - Harbour Ticket</string>
	 <key>SessionHistoryEntryURL</key><string>https://harbourticket.example/volunteers</string>
	 <key>SessionHistoryEntryOriginalURL</key><string>https://harbourticket.example/volunteers</string>
	 <key>SessionHistoryEntryData</key><data-hex>00000000</data-hex></dict></array></dict></dict>')),
	('T-2', tabdata('<dict><key>SessionHistory</key><dict><key>SessionHistoryCurrentIndex</key><integer>1</integer>
	 <key>SessionHistoryVersion</key><integer>1</integer><key>SessionHistoryEntries</key><array><dict>
	 <key>SessionHistoryEntryTitle</key><string></string>
	 <key>SessionHistoryEntryURL</key><string>https://cdn.keyholder-sync.example/l/7Kd2?u=8f1c</string>
	 <key>SessionHistoryEntryOriginalURL</key><string>http://polls.vote-desk.example/r/7Kd2</string>
	 <key>SessionHistoryEntryData</key><data-hex>00000000</data-hex></dict><dict>
	 <key>SessionHistoryEntryTitle</key><string>Find your polling place</string>
	 <key>SessionHistoryEntryURL</key><string>https://elections.harbour.example/find-polling-place</string>
	 <key>SessionHistoryEntryOriginalURL</key><string>https://elections.harbour.example/find-polling-place</string>
	 <key>SessionHistoryEntryData</key><data-hex>00000000</data-hex></dict></array></dict></dict>'));
UPDATE tab_sessions SET uncompressed_session_data_size = length(session_data);
