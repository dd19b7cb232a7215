-- Before iOS 14: allowed or not, and how often the user was asked.
CREATE TABLE access (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, allowed INTEGER NOT NULL,
	prompt_count INTEGER NOT NULL, csreq BLOB, policy_id INTEGER, last_modified INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (service, client, client_type));
INSERT INTO access (service, client, client_type, allowed, prompt_count, last_modified) VALUES
	('kTCCServiceCamera', 'com.example.camera', 0, 1, 1, unix('2019-03-01 08:00:00')),
	('kTCCServiceMicrophone', 'com.example.camera', 0, 0, 2, unix('2019-03-01 08:01:00'));
