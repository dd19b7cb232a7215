CREATE TABLE application (pid INTEGER PRIMARY KEY, bundle_id TEXT, title TEXT, item_id INTEGER);
CREATE TABLE purchase (pid INTEGER PRIMARY KEY, bundle_id TEXT, item_id INTEGER, purchase_date INTEGER);
INSERT INTO application VALUES (1, 'com.example.maps', 'Maps', 77);
INSERT INTO purchase VALUES (1, 'com.example.bought', 79, 1420070400);
