-- Settings of two sites, one without a time, and a default for all.
CREATE TABLE default_preferences (id INTEGER PRIMARY KEY AUTOINCREMENT,
    preference TEXT NOT NULL UNIQUE, default_value NUMERIC,
    sync_data BLOB NULL);
CREATE TABLE preference_values (id INTEGER PRIMARY KEY AUTOINCREMENT,
    domain TEXT NOT NULL, preference TEXT NOT NULL, preference_value NUMERIC,
    timestamp TEXT NULL, sync_data BLOB NULL, record_name TEXT NULL,
    UNIQUE (domain, preference));
INSERT INTO default_preferences VALUES (1, 'PerSitePreferencesCamera', 0, NULL);
INSERT INTO preference_values VALUES
    (1, 'news.bad.example', 'PerSitePreferencesUseReader', 1,
    '2024-03-01 08:00:00 +0000', NULL, NULL),
    (2, 'paper.example', 'PerSitePreferencesPageZoom', 1.15, NULL, NULL, NULL);
