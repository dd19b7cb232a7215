CREATE TABLE current_apps (pid INTEGER PRIMARY KEY, bundle_id TEXT, item_name TEXT, vendor_name TEXT, short_version TEXT, item_id INTEGER,
	timestamp DATETIME, deletion_date DATETIME);
CREATE TABLE current_apps_crossfire (pid INTEGER PRIMARY KEY, bundle_id TEXT, item_id INTEGER);
CREATE TABLE launch_events (pid INTEGER PRIMARY KEY, bundle_id TEXT);
CREATE TABLE purchase_history_apps (pid INTEGER PRIMARY KEY, bundle_id TEXT, date_purchased DATETIME, long_title TEXT, developer_name TEXT,
	store_item_id INTEGER, product_url TEXT);
INSERT INTO current_apps VALUES (1, 'com.example.maps', 'Maps', 'Example Ltd', '2.0', 77, mac('2024-02-01 08:00:00'), mac('2024-03-05 08:00:00'));
INSERT INTO current_apps_crossfire VALUES (1, 'com.example.maps', 77);
INSERT INTO launch_events VALUES (1, 'com.example.maps');
INSERT INTO purchase_history_apps VALUES (1, 'com.example.bought', mac('2020-01-01 08:00:00'), 'Bought once', 'Example Ltd', 79,
	'https://apps.example/id79');
