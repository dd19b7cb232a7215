CREATE TABLE app_install (pid INTEGER, apple_id TEXT, bundle_id TEXT, bundle_name TEXT, bundle_url URL, bundle_version TEXT, client_id TEXT,
	install_finished_timestamp DATETIME, item_id INTEGER, storefront TEXT, timestamp DATETIME, vendor_name TEXT, PRIMARY KEY(pid));
CREATE TABLE app_updates (pid INTEGER, bundle_id TEXT, install_date DATETIME, store_item_id INTEGER NOT NULL DEFAULT 0, timestamp DATETIME,
	PRIMARY KEY(pid));
CREATE TABLE beta_app_info (pid INTEGER PRIMARY KEY, bundle_id TEXT, bundle_short_version TEXT, email TEXT, expiration_date DATETIME,
	last_seen_date DATETIME);
CREATE TABLE odr_manifest (pid INTEGER PRIMARY KEY, bundle_id TEXT, last_modification_date DATETIME, version TEXT);
INSERT INTO app_install VALUES (1, 'mara@mail.example', 'com.example.stalker', 'Watch', 'https://store.example/a.ipa', '1.2', 'com.apple.AppStore',
	mac('2024-03-01 08:05:00'), 5551, '143478-2,29', mac('2024-03-01 08:00:00'), 'Example Ltd'), (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
	NULL, NULL, NULL);
INSERT INTO app_updates VALUES (1, 'com.example.maps', mac('2024-03-02 08:00:00'), 77, mac('2024-03-01 09:00:00')),
	(2, 'com.example.other', NULL, 78, NULL);
INSERT INTO beta_app_info VALUES (1, 'com.example.beta', '0.9', 'tests@maker.example', mac('2024-06-01 00:00:00'), mac('2024-03-03 08:00:00'));
INSERT INTO odr_manifest VALUES (1, 'com.example.game', mac('2024-03-04 08:00:00'), '3');
