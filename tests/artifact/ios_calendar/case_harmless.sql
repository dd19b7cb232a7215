-- One of the two words alone, or with more.
CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY, email TEXT);
CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY, summary TEXT,
    description TEXT, organizer_id INTEGER);
INSERT INTO Participant VALUES (1, 'ada@notevil.example');
INSERT INTO CalendarItem VALUES (1, 'Meeting', NULL, 1),
    (2, 'Meeting', 'Notes of last week', 8), (3, 'Team meeting', 'Notes', 0);
