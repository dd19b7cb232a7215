-- An app whose name only holds that of the indicator.
CREATE TABLE GeoFence (FenceIndex INTEGER PRIMARY KEY, BundleId TEXT);
INSERT INTO GeoFence VALUES (1, 'com.example.stalker.no');
