-- The owner's own number, and one that only begins alike.
CREATE TABLE voicemail (ROWID INTEGER PRIMARY KEY, date INTEGER, sender TEXT, receiver TEXT);
INSERT INTO voicemail VALUES (1, unix('2024-03-01 08:00:00'), '+155501001234', '+15550100123');
