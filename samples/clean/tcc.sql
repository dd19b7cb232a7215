CREATE TABLE access (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, auth_value INTEGER NOT NULL,
	auth_reason INTEGER NOT NULL, auth_version INTEGER NOT NULL, last_modified INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (service, client, client_type));
INSERT INTO access VALUES ('kTCCServicePhotos', 'org.example.tide-table', 0, 0, 2, 1, unix('2023-09-01 10:01:00'));
