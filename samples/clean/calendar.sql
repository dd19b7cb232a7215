CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, summary TEXT, description TEXT, start_date REAL,
	end_date REAL, all_day INTEGER, calendar_id INTEGER, organizer_id INTEGER, url TEXT, last_modified REAL,
	unique_identifier TEXT, hidden INTEGER, UUID TEXT, creation_date REAL);
CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, UUID TEXT, email TEXT, phone_number TEXT, comment TEXT,
	last_modified REAL);
-- "Meeting" alone, without "Notes", is what anyone writes.
INSERT INTO CalendarItem VALUES (1, 'Meeting', 'Bring the seals', mac('2024-04-19 17:00:00'), mac('2024-04-19 18:00:00'), 0, 1,
	0, NULL, mac('2024-04-08 16:21:00'), 'E-1', 0, 'E-1', mac('2024-04-08 16:21:00'));
