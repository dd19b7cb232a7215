CREATE TABLE ObservedDomains (domainID INTEGER PRIMARY KEY, registrableDomain TEXT NOT NULL UNIQUE ON CONFLICT FAIL,
	lastSeen REAL NOT NULL, hadUserInteraction INTEGER NOT NULL, mostRecentUserInteractionTime REAL NOT NULL,
	grandfathered INTEGER NOT NULL, isPrevalent INTEGER NOT NULL, isVeryPrevalent INTEGER NOT NULL,
	dataRecordsRemoved INTEGER NOT NULL, timesAccessedAsFirstPartyDueToUserInteraction INTEGER NOT NULL,
	timesAccessedAsFirstPartyDueToStorageAccessAPI INTEGER NOT NULL,
	isScheduledForAllButCookieDataRemoval INTEGER NOT NULL, mostRecentWebPushInteractionTime REAL DEFAULT -1 NOT NULL);
CREATE TABLE TopLevelDomains (topLevelDomainID INTEGER PRIMARY KEY);
CREATE TABLE SubresourceUnderTopFrameDomains (subresourceDomainID INTEGER NOT NULL, lastUpdated REAL NOT NULL,
	topFrameDomainID INTEGER NOT NULL);
CREATE TABLE OperatingDates (year INTEGER NOT NULL, month INTEGER NOT NULL, monthDay INTEGER NOT NULL);

INSERT INTO ObservedDomains VALUES
	(1, 'harbourticket.example', unix('2024-04-11 06:50:10'), 1, unix('2024-04-11 06:50:20'), 0, 0, 0, 0, 3, 0, 0, -1),
	(2, 'harbour-herald.example', unix('2024-03-10 21:15:44'), 1, unix('2024-03-10 21:16:00'), 0, 0, 0, 0, 1, 0, 0, -1),
	(3, 'keyholder-sync.example', unix('2024-03-11 00:00:00'), 0, -1, 0, 0, 0, 0, 0, 0, 0, -1),
	(4, 'weather.example', unix('2024-03-15 06:45:00'), 0, -1, 0, 0, 0, 0, 0, 0, 0, -1);
