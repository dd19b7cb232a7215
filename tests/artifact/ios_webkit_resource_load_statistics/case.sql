-- The schema of iOS 14 and later; -1 means never.
CREATE TABLE ObservedDomains (domainID INTEGER PRIMARY KEY, registrableDomain TEXT NOT NULL UNIQUE ON CONFLICT FAIL,
	lastSeen REAL NOT NULL, hadUserInteraction INTEGER NOT NULL, mostRecentUserInteractionTime REAL NOT NULL,
	grandfathered INTEGER NOT NULL, isPrevalent INTEGER NOT NULL, isVeryPrevalent INTEGER NOT NULL,
	dataRecordsRemoved INTEGER NOT NULL, mostRecentWebPushInteractionTime REAL DEFAULT -1 NOT NULL);
INSERT INTO ObservedDomains VALUES
	(1, 'paper.example', unix('2024-03-01 00:00:00'), 1, unix('2024-02-01 08:00:00') + 0.25, 0, 0, 0, 0,
		unix('2024-01-01 08:00:00')),
	(2, 'first.example', unix('2024-03-02 00:00:00'), 0, -1, 0, 1, 0, 3, -1),
	(3, '203.0.113.7', unix('2024-03-03 00:00:00'), 0, -1, 0, 0, 0, 0, -1);
