-- A name that begins as one of an implant, one that ends so, and one as a folder.
CREATE TABLE access (service TEXT, client TEXT, client_type INTEGER, auth_value INTEGER, auth_reason INTEGER,
	last_modified INTEGER);
INSERT INTO access VALUES
	('kTCCServiceCamera', 'implantd2', 0, 2, 2, 0), ('kTCCServiceCamera', 'myimplantd', 0, 2, 2, 0),
	('kTCCServiceCamera', '/usr/implantd/other', 1, 2, 2, 0), ('kTCCServiceCamera', 'com.example.stalker2', 0, 2, 2, 0),
	('implantd', NULL, NULL, NULL, NULL, NULL);
