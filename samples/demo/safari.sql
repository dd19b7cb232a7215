-- Safari's history, iOS 17.
CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, domain_expansion TEXT NULL,
	visit_count INTEGER NOT NULL, daily_visit_counts BLOB NOT NULL, weekly_visit_counts BLOB NULL,
	autocomplete_triggers BLOB NULL, should_recompute_derived_visit_counts INTEGER NOT NULL,
	visit_count_score INTEGER NOT NULL, status_code INTEGER NOT NULL DEFAULT 0);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT,
	history_item INTEGER NOT NULL REFERENCES history_items(id) ON DELETE CASCADE, visit_time REAL NOT NULL,
	title TEXT NULL, load_successful BOOLEAN NOT NULL DEFAULT 1, http_non_get BOOLEAN NOT NULL DEFAULT 0,
	synthesized BOOLEAN NOT NULL DEFAULT 0,
	redirect_source INTEGER NULL UNIQUE REFERENCES history_visits(id) ON DELETE CASCADE,
	redirect_destination INTEGER NULL UNIQUE REFERENCES history_visits(id) ON DELETE CASCADE,
	origin INTEGER NOT NULL DEFAULT 0, generation INTEGER NOT NULL DEFAULT 0, attributes INTEGER NOT NULL DEFAULT 0,
	score INTEGER NOT NULL DEFAULT 0);
CREATE TABLE history_tombstones (id INTEGER PRIMARY KEY AUTOINCREMENT, start_time REAL NOT NULL, end_time REAL NOT NULL,
	url TEXT, generation INTEGER NOT NULL DEFAULT 0);
CREATE TABLE metadata (key TEXT NOT NULL UNIQUE, value);
CREATE INDEX history_items__domain_expansion ON history_items (domain_expansion);
CREATE INDEX history_visits__last_visit ON history_visits (history_item, visit_time DESC, synthesized ASC);
CREATE INDEX history_visits__origin ON history_visits (origin, generation);

INSERT INTO history_items (id, url, domain_expansion, visit_count, daily_visit_counts,
	should_recompute_derived_visit_counts, visit_count_score) VALUES
	(1, 'https://harbourticket.example/volunteers', 'harbourticket', 2, X'64000000', 0, 100),
	(2, 'https://www.harbour-herald.example/politics/poll-march', 'harbour-herald', 1, X'64000000', 0, 100),
	(3, 'http://polls.vote-desk.example/r/7Kd2', 'vote-desk', 1, X'64000000', 0, 100),
	(4, 'https://cdn.keyholder-sync.example/l/7Kd2?u=8f1c', 'keyholder-sync', 1, X'64000000', 0, 100),
	(5, 'https://elections.harbour.example/find-polling-place', 'elections', 1, X'64000000', 0, 100),
	(6, 'http://weather.example/harbour', 'weather', 1, X'64000000', 0, 100),
	(7, 'https://weather.example/harbour', 'weather', 1, X'64000000', 0, 100);
INSERT INTO history_visits (id, history_item, visit_time, title, redirect_source, redirect_destination) VALUES
	(1, 1, mac('2024-03-08 08:01:12'), 'Volunteers - Harbour Ticket', NULL, NULL),
	(2, 2, mac('2024-03-10 21:15:44'), 'Harbour race tightens', NULL, NULL),
	-- Tapped: plain http, and 0.31 s later another site.  Then she looks it up herself.
	(3, 3, mac('2024-03-11 09:13:41.20'), NULL, NULL, 4),
	(4, 4, mac('2024-03-11 09:13:41.51'), NULL, 3, NULL),
	(5, 5, mac('2024-03-11 09:15:02'), 'Find your polling place', NULL, NULL),
	-- A harmless one: the same site moves from http to https.
	(6, 6, mac('2024-03-15 06:45:00.10'), NULL, NULL, 7),
	(7, 7, mac('2024-03-15 06:45:00.42'), 'Weather in Harbour', 6, NULL);
INSERT INTO metadata VALUES ('schema_version', 22);

-- mkbackup --scale N: 1,500 harmless visits more for each N, six of ten to pages that were visited before.  Of a thousand
-- visits, redirects() are to plain http and go on to the same page with https.
INSERT INTO history_items (id, url, domain_expansion, visit_count, daily_visit_counts,
	should_recompute_derived_visit_counts, visit_count_score)
WITH RECURSIVE n(i) AS (SELECT 1 WHERE scale() > 0 UNION ALL SELECT i + 1 FROM n WHERE i < scale() * 1500),
m AS (SELECT i, CASE WHEN i % 2 = 1 AND dice(i, 1, 1000) < 2 * redirects() THEN 1
	WHEN i % 2 = 0 AND dice(i - 1, 1, 1000) < 2 * redirects() THEN 2 ELSE 0 END AS part FROM n),
visit AS (SELECT i, part, CASE part WHEN 1 THEN 'http' || substr(invent('url', i), 6) WHEN 2 THEN invent('url', i - 1)
	ELSE invent('url', CASE WHEN dice(i, 2, 10) < 6 THEN -1 - dice(i, 3, scale() * 75) ELSE i END) END AS page,
	mac('2020-04-01 00:00:00') + (i - (part = 2)) * (126000000.0 / (scale() * 1500)) + 0.4 * (part = 2) AS at
FROM m)
SELECT 1000 + min(i), page, invent('word', min(i)), count(*), X'64000000', 0, 100 FROM visit GROUP BY page ORDER BY min(i);
INSERT INTO history_visits (id, history_item, visit_time, title, redirect_source, redirect_destination)
WITH RECURSIVE n(i) AS (SELECT 1 WHERE scale() > 0 UNION ALL SELECT i + 1 FROM n WHERE i < scale() * 1500),
m AS (SELECT i, CASE WHEN i % 2 = 1 AND dice(i, 1, 1000) < 2 * redirects() THEN 1
	WHEN i % 2 = 0 AND dice(i - 1, 1, 1000) < 2 * redirects() THEN 2 ELSE 0 END AS part FROM n),
visit AS (SELECT i, part, CASE part WHEN 1 THEN 'http' || substr(invent('url', i), 6) WHEN 2 THEN invent('url', i - 1)
	ELSE invent('url', CASE WHEN dice(i, 2, 10) < 6 THEN -1 - dice(i, 3, scale() * 75) ELSE i END) END AS page,
	mac('2020-04-01 00:00:00') + (i - (part = 2)) * (126000000.0 / (scale() * 1500)) + 0.4 * (part = 2) AS at
FROM m)
SELECT 1000 + i, history_items.id, at, invent('text', i), CASE part WHEN 2 THEN 999 + i END, CASE part WHEN 1 THEN 1001 + i END
FROM visit CROSS JOIN history_items ON url = page;

-- wal
INSERT INTO history_items (id, url, domain_expansion, visit_count, daily_visit_counts,
	should_recompute_derived_visit_counts, visit_count_score) VALUES
	(8, 'https://support.apple.example/lockdown-mode', 'support', 1, X'64000000', 0, 100);
INSERT INTO history_visits (id, history_item, visit_time, title) VALUES
	(8, 1, mac('2024-04-11 06:50:10'), 'Volunteers - Harbour Ticket'),
	(9, 8, mac('2024-04-11 06:57:30'), 'About Lockdown Mode');
