CREATE TABLE ObservedDomains (domainID INTEGER PRIMARY KEY, registrableDomain TEXT, lastSeen REAL, hadUserInteraction INTEGER);
INSERT INTO ObservedDomains VALUES (1, 'notevil.example', unix('2024-03-01 00:00:00'), 0),
	(2, 'evil.example.test', unix('2024-03-01 00:00:00'), 0), (3, '11.2.3.45', unix('2024-03-01 00:00:00'), 0);
