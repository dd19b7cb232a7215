-- Without slots, and numbers with other digits behind.
CREATE TABLE subscriber_info (subscriber_id TEXT, subscriber_mdn TEXT,
    last_update_time INTEGER);
INSERT INTO subscriber_info VALUES ('8999000000000000001', '155501409', 700000000);
