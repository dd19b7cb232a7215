-- The oldest: without a time.
CREATE TABLE access (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, allowed INTEGER NOT NULL,
	prompt_count INTEGER NOT NULL, PRIMARY KEY (service, client, client_type));
INSERT INTO access VALUES ('kTCCServiceCamera', 'com.example.camera', 0, 1, 1);
