-- The invitation of 2021, in an old schema without participants.
CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY, summary TEXT,
    description TEXT, start_date REAL, end_date REAL);
INSERT INTO CalendarItem VALUES (1, 'Meeting', 'Notes',
    mac('2021-03-01 09:00:00'), mac('2021-03-01 10:00:00'));
INSERT INTO CalendarItem VALUES (2, ' Meeting ', 'Notes' || char(10), NULL,
    NULL);
