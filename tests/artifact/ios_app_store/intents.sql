CREATE TABLE purchase_intents_table (pid INTEGER PRIMARY KEY, product_identifier TEXT, app_bundle_id TEXT, timestamp REAL, product_name TEXT,
	app_name TEXT);
CREATE TABLE install_attribution_params_table (pid INTEGER PRIMARY KEY, app_adam_id INTEGER, timestamp INTEGER, local_timestamp REAL);
CREATE TABLE install_attribution_pingback_table (pid INTEGER PRIMARY KEY, app_adam_id INTEGER, pingback_url TEXT, local_timestamp REAL);
INSERT INTO purchase_intents_table VALUES (1, 'com.example.maps.gold', 'com.example.maps', 731000000.5, 'Gold', 'Maps');
INSERT INTO install_attribution_params_table VALUES (1, 77, 1709280000, 731000001.5);
INSERT INTO install_attribution_pingback_table VALUES (1, 77, 'https://ads.pingback.example/p', 731000002.5);
