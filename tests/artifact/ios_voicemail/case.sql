-- Every field; one that was deleted; a caller who hides the number; nothing.
CREATE TABLE voicemail (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, remote_uid INTEGER, date INTEGER, token TEXT, sender TEXT, callback_num TEXT,
	duration INTEGER, expiration INTEGER, trashed_date INTEGER, flags INTEGER, receiver TEXT, uuid TEXT);
INSERT INTO voicemail (ROWID, date, sender, callback_num, duration, trashed_date, flags, receiver, uuid) VALUES
	(1, unix('2024-03-01 08:00:00'), '+15550100123', '+15550100124', 17, 0, 3, '+15550100199', 'V-1'),
	(2, unix('2024-03-02 08:00:00'), '+15550100125', NULL, 3, CAST(mac('2024-03-03 08:00:00') AS INTEGER), 75, NULL, NULL),
	(3, unix('2024-03-04 08:00:00'), NULL, NULL, NULL, NULL, NULL, NULL, NULL);
