-- All columns; the organizer is also a participant of its own.
CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY AUTOINCREMENT,
    owner_id INTEGER, UUID TEXT, email TEXT, phone_number TEXT, comment TEXT,
    last_modified REAL);
CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY AUTOINCREMENT,
    summary TEXT, description TEXT, start_date REAL, end_date REAL,
    all_day INTEGER, calendar_id INTEGER, organizer_id INTEGER, url TEXT,
    last_modified REAL, external_id TEXT, external_mod_tag TEXT,
    unique_identifier TEXT, hidden INTEGER, UUID TEXT, creation_date REAL,
    action TEXT, created_by_id INTEGER);
INSERT INTO Participant VALUES (3, 1, 'PU-3', 'mailto:ada@evil.example',
    '+15550140', 'see https://comment.example/', mac('2024-03-01 09:00:00'));
INSERT INTO CalendarItem VALUES (1, 'Count', 'At https://hall.example/',
    mac('2024-03-17 18:00:00'), mac('2024-03-17 22:00:00'), 0, 2, 3,
    'https://url.example/', mac('2024-03-02 09:00:00'), 'E-1', 'T-1', 'UI-1',
    0, 'CU-1', mac('2024-03-01 08:00:00'), 'a', 5);
INSERT INTO CalendarItem (ROWID) VALUES (2);
