-- One table, with the middle of the fence in it.
CREATE TABLE Fences (BundleId TEXT, Name TEXT, Latitude FLOAT, Longitude FLOAT, Distance FLOAT, Timestamp FLOAT);
INSERT INTO Fences VALUES ('com.example.reminders', 'R-1', 40.5, 20.25, 200, mac('2016-03-01 08:00:00'));
