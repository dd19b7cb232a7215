CREATE TABLE admin (key TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL);
CREATE TABLE access (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, auth_value INTEGER NOT NULL,
	auth_reason INTEGER NOT NULL, auth_version INTEGER NOT NULL, csreq BLOB, policy_id INTEGER,
	indirect_object_identifier_type INTEGER, indirect_object_identifier TEXT NOT NULL DEFAULT 'UNUSED',
	indirect_object_code_identity BLOB, flags INTEGER, last_modified INTEGER NOT NULL DEFAULT 0, pid INTEGER,
	pid_version INTEGER, boot_uuid TEXT NOT NULL DEFAULT 'UNUSED', last_reminded INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (service, client, client_type, indirect_object_identifier));

INSERT INTO admin VALUES ('version', 28);
INSERT INTO access (service, client, client_type, auth_value, auth_reason, auth_version, last_modified) VALUES
	('kTCCServiceMicrophone', 'net.whatsapp.WhatsApp', 0, 2, 2, 1, unix('2022-10-03 18:25:00')),
	('kTCCServiceCamera', 'net.whatsapp.WhatsApp', 0, 2, 2, 1, unix('2022-10-03 18:25:30')),
	('kTCCServiceAddressBook', 'net.whatsapp.WhatsApp', 0, 2, 2, 1, unix('2022-10-03 18:24:10')),
	('kTCCServiceMicrophone', 'org.whispersystems.signal', 0, 2, 2, 1, unix('2024-01-15 08:33:00')),
	('kTCCServicePhotos', 'org.example.canvasspal', 0, 0, 2, 1, unix('2024-02-05 11:08:00')),
	('kTCCServiceMicrophone', '/private/var/tmp/kh/keyholderd', 1, 2, 4, 1, unix('2024-03-11 09:17:02'));
