CREATE TABLE ObservedDomains (domainID INTEGER PRIMARY KEY, registrableDomain TEXT, lastSeen REAL, hadUserInteraction INTEGER);
INSERT INTO ObservedDomains VALUES (1, 'paper.example', unix('2024-03-01 00:00:00'), 0);
