-- Names of settings and of records are not matched, hosts only as a whole.
CREATE TABLE preference_values (id INTEGER PRIMARY KEY, domain TEXT,
    preference TEXT, preference_value NUMERIC, record_name TEXT);
INSERT INTO preference_values VALUES (1, 'bad.example.test', 'bad.example', 1,
    'bad.example'), (2, 'notbad.example', 'x', NULL, NULL);
