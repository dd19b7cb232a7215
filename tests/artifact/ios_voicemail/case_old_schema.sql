-- Fewer columns.
CREATE TABLE voicemail (ROWID INTEGER PRIMARY KEY, date INTEGER, sender TEXT, callback_num TEXT, duration INTEGER, trashed_date INTEGER);
INSERT INTO voicemail VALUES (1, unix('2014-03-01 08:00:00'), '+15550100123', NULL, 17, 0);
