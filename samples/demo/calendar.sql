CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, summary TEXT, location_id INTEGER, description TEXT,
	start_date REAL, start_tz TEXT, end_date REAL, end_tz TEXT, all_day INTEGER, calendar_id INTEGER, orig_item_id INTEGER,
	orig_date REAL, organizer_id INTEGER, self_attendee_id INTEGER, status INTEGER, invitation_status INTEGER,
	availability INTEGER, privacy_level INTEGER, url TEXT, last_modified REAL, sequence_num INTEGER, birthday_id INTEGER,
	modified_properties INTEGER, external_tracking_status INTEGER, external_id TEXT, external_mod_tag TEXT,
	unique_identifier TEXT, external_schedule_id TEXT, external_rep BLOB, response_comment TEXT, hidden INTEGER,
	has_recurrences INTEGER, has_attendees INTEGER, UUID TEXT, entity_type INTEGER, priority INTEGER, due_date REAL,
	due_tz TEXT, due_all_day INTEGER, completion_date REAL, creation_date REAL, conference TEXT, action TEXT,
	created_by_id INTEGER, modified_by_id INTEGER, conference_url TEXT, flags INTEGER);
CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, entity_type INTEGER, type INTEGER, status INTEGER,
	pending_status INTEGER, role INTEGER, identity_id INTEGER, owner_id INTEGER, external_rep BLOB, UUID TEXT, email TEXT,
	is_self INTEGER, comment TEXT, schedule_agent INTEGER, flags INTEGER, phone_number TEXT, last_modified REAL);
CREATE TABLE Calendar (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT, UUID TEXT);

INSERT INTO Calendar (title, UUID) VALUES ('Home', 'K-1'), ('Campaign', 'K-2');
INSERT INTO Participant (ROWID, entity_type, UUID, email, is_self, phone_number, last_modified) VALUES
	(1, 8, 'A-1', 'jonas@harbourticket.example', 0, '+15550111', mac('2024-03-01 08:00:00')),
	(2, 8, 'A-2', 'accreditation@press-pool.example', 0, NULL, mac('2024-03-27 11:20:00'));
INSERT INTO CalendarItem (summary, description, start_date, start_tz, end_date, end_tz, all_day, calendar_id, organizer_id,
	url, last_modified, unique_identifier, hidden, UUID, entity_type, creation_date) VALUES
	('Canvass training', 'Community hall, bring water', mac('2024-03-09 09:00:00'), 'UTC', mac('2024-03-09 12:00:00'), 'UTC',
	 0, 2, 1, NULL, mac('2024-03-01 08:00:00'), 'E-1', 0, 'E-1', 2, mac('2024-03-01 08:00:00')),
	('Dentist', NULL, mac('2024-03-19 14:30:00'), 'UTC', mac('2024-03-19 15:00:00'), 'UTC',
	 0, 1, 0, NULL, mac('2024-03-14 12:33:00'), 'E-2', 0, 'E-2', 2, mac('2024-03-14 12:33:00')),
	('Press accreditation', 'Please confirm with the link in the invitation.', mac('2024-04-03 10:00:00'), 'UTC',
	 mac('2024-04-03 10:30:00'), 'UTC', 0, 2, 2, NULL, mac('2024-03-27 11:20:00'), 'E-3', 0, 'E-3', 2,
	 mac('2024-03-27 11:20:00')),
	('Early voting opens', NULL, mac('2024-04-20 00:00:00'), 'UTC', mac('2024-04-21 00:00:00'), 'UTC',
	 1, 2, 0, 'https://elections.harbour.example/early', mac('2024-04-09 16:00:00'), 'E-4', 0, 'E-4', 2,
	 mac('2024-04-09 16:00:00'));
