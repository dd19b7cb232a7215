-- Fences of two apps and of a part of the system; a corner of each shape, one without a fence; a row of nothing.
CREATE TABLE TableInfo (TableName TEXT UNIQUE, SerialNumber TEXT);
CREATE TABLE GeoFence (FenceIndex INTEGER PRIMARY KEY, BundleId TEXT, Name TEXT, Timestamp FLOAT, Distance FLOAT, OnBehalfOf TEXT);
CREATE TABLE Vertices (Vertex INTEGER PRIMARY KEY, Latitude FLOAT, Longitude FLOAT, FenceForeignKey INTEGER);
INSERT INTO GeoFence VALUES (1, 'com.example.stalker', 'home', mac('2024-03-01 08:00:00'), 100.5, 'com.example.helper'),
	(2, '/System/Library/LocationBundles/Part.bundle', NULL, mac('2024-03-02 08:00:00'), NULL, NULL), (3, NULL, NULL, NULL, NULL, NULL);
INSERT INTO Vertices VALUES (1, 51.5, -0.125, 1), (2, 51.25, -0.25, 1), (3, 1, 2, 99);
