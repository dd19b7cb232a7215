-- iOS 13: no push; and values that do not fit.
CREATE TABLE ObservedDomains (domainID INTEGER PRIMARY KEY, registrableDomain TEXT, lastSeen REAL, hadUserInteraction INTEGER);
INSERT INTO ObservedDomains VALUES (1, 'paper.example', unix('2019-03-01 00:00:00'), 0), (2, NULL, NULL, NULL),
	(3, 'other.example', 'never', 7), (4, x'6f64642e6578616d706c65', 0, 1);
