CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT, service TEXT NOT NULL,
	UNIQUE (id, service));
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT,
	handle_id INTEGER DEFAULT 0, subject TEXT, attributedBody BLOB, service TEXT, account TEXT, date INTEGER,
	date_read INTEGER, is_from_me INTEGER DEFAULT 0, is_read INTEGER DEFAULT 0, cache_roomnames TEXT,
	destination_caller_id TEXT);
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, created_date INTEGER DEFAULT 0,
	start_date INTEGER DEFAULT 0, filename TEXT, uti TEXT, mime_type TEXT, transfer_state INTEGER DEFAULT 0,
	is_outgoing INTEGER DEFAULT 0, user_info BLOB, transfer_name TEXT, total_bytes INTEGER DEFAULT 0);
CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER, UNIQUE(message_id, attachment_id));

INSERT INTO handle VALUES (1, '+15550161', 'us', 'iMessage'), (2, 'polls@harbour.example', NULL, 'iMessage');
INSERT INTO message (guid, text, handle_id, attributedBody, service, account, date, date_read, is_from_me, is_read,
	destination_caller_id) VALUES
	('M-1', NULL, 2, attributed('Your shift at polling place 12 begins at 6:30. See https://elections.harbour.example/shifts'),
	 'iMessage', 'P:+15550160', mac_ns('2024-04-08 16:00:00'), mac_ns('2024-04-08 16:20:00'), 0, 1, '+15550160'),
	('M-2', NULL, 1, attributed('Lift tomorrow?'), 'iMessage', 'P:+15550160', mac_ns('2024-04-11 19:00:00'),
	 mac_ns('2024-04-11 19:00:30'), 0, 1, '+15550160'),
	('M-3', NULL, 1, attributed('Gladly 🙂'), 'iMessage', 'P:+15550160', mac_ns('2024-04-11 19:01:00'), 0, 1, 1,
	 '+15550160');
