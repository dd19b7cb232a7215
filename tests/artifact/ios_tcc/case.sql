-- The schema since iOS 14, every field; a number that has no name; a permission that ran out.
CREATE TABLE access (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, auth_value INTEGER NOT NULL,
	auth_reason INTEGER NOT NULL, auth_version INTEGER NOT NULL, csreq BLOB, policy_id INTEGER,
	indirect_object_identifier TEXT NOT NULL DEFAULT 'UNUSED', flags INTEGER, last_modified INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (service, client, client_type, indirect_object_identifier));
CREATE TABLE expired (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, csreq BLOB,
	last_modified INTEGER NOT NULL, expired_at INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (service, client, client_type));
INSERT INTO access (service, client, client_type, auth_value, auth_reason, auth_version, last_modified) VALUES
	('kTCCServiceCamera', 'com.example.camera', 0, 2, 2, 1, unix('2024-03-01 08:00:00')),
	('kTCCServiceMicrophone', 'implantd', 0, 2, 4, 1, unix('2024-03-01 08:01:00')),
	('kTCCServicePhotos', 'com.example.stalker', 0, 3, 3, 1, unix('2024-03-01 08:02:00')),
	('kTCCServiceLiverpool', '/usr/libexec/otherimplant', 1, 0, 12, 1, unix('2024-03-01 08:03:00')),
	('kTCCServiceUbiquity', 'com.example.odd', 7, 9, 99, 1, unix('2024-03-01 08:04:00'));
INSERT INTO expired VALUES ('kTCCServiceAddressBook', 'com.example.old', 0, NULL, unix('2023-03-01 08:00:00'),
	unix('2023-06-01 08:00:00'));
