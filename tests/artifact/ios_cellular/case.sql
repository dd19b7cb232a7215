CREATE TABLE subscriber_info (ROWID INTEGER PRIMARY KEY, subscriber_id TEXT,
    subscriber_mdn TEXT, tag INTEGER, last_update_time REAL, slot_id INTEGER);
INSERT INTO subscriber_info VALUES
    (1, '8999000000000000001', '+1 (555) 0140', 1, mac('2024-03-01 08:00:00'), 1),
    (2, '8999000000000000002', '15550141', 2, mac('2024-03-02 08:00:00'), 1),
    (3, NULL, NULL, NULL, NULL, NULL);
