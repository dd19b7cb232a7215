CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, First TEXT, Last TEXT, Middle TEXT, FirstPhonetic TEXT,
	MiddlePhonetic TEXT, LastPhonetic TEXT, Organization TEXT, Department TEXT, Note TEXT, Kind INTEGER, Birthday TEXT,
	JobTitle TEXT, Nickname TEXT, Prefix TEXT, Suffix TEXT, CreationDate INTEGER, ModificationDate INTEGER, guid TEXT);
CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER, property INTEGER, identifier INTEGER, label INTEGER,
	value TEXT, guid TEXT);
CREATE TABLE ABMultiValueLabel (value TEXT);
CREATE INDEX ABMultiValueRecordIDIndex ON ABMultiValue(record_id);

INSERT INTO ABMultiValueLabel (value) VALUES ('_$!<Mobile>!$_'), ('_$!<Work>!$_');
INSERT INTO ABPerson (ROWID, First, Last, Organization, Kind, JobTitle, CreationDate, ModificationDate, guid) VALUES
	(1, 'Mara', 'Ellison', 'Harbour Ticket', 0, 'Field organiser',
	 CAST(mac('2022-10-03 18:00:00') AS INTEGER), CAST(mac('2024-01-15 08:10:00') AS INTEGER), 'P-1'),
	(2, 'Jonas', 'Feld', 'Harbour Ticket', 0, 'Campaign manager',
	 CAST(mac('2024-01-15 08:40:00') AS INTEGER), CAST(mac('2024-01-15 08:40:00') AS INTEGER), 'P-2'),
	(3, 'Aylin', 'Roth', 'Harbour Ticket', 0, 'Press',
	 CAST(mac('2024-01-15 08:41:00') AS INTEGER), CAST(mac('2024-02-02 12:00:00') AS INTEGER), 'P-3'),
	(4, 'Peter', 'Ellison', NULL, 0, NULL,
	 CAST(mac('2022-10-03 18:02:00') AS INTEGER), CAST(mac('2022-10-03 18:02:00') AS INTEGER), 'P-4'),
	(5, NULL, NULL, 'Dr. Ngata, Dentist', 1, NULL,
	 CAST(mac('2023-05-09 10:00:00') AS INTEGER), CAST(mac('2023-05-09 10:00:00') AS INTEGER), 'P-5');
INSERT INTO ABMultiValue (record_id, property, identifier, label, value, guid) VALUES
	(1, 3, 0, 1, '+15550100', 'V-1'), (1, 4, 0, 2, 'mara.ellison@mail.example', 'V-2'),
	(2, 3, 0, 1, '+15550111', 'V-3'), (2, 4, 0, 2, 'jonas@harbourticket.example', 'V-4'),
	(3, 3, 0, 1, '+15550112', 'V-5'), (3, 4, 0, 2, 'press@harbourticket.example', 'V-6'),
	(4, 3, 0, 1, '+15550113', 'V-7'),
	(5, 3, 0, 2, '+15550120', 'V-8');
