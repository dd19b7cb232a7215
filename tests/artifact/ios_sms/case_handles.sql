-- People as the phone writes them, and as nobody wrote them in the indicators:
-- other punctuation, other capitals. The third is only in a group; the fourth
-- resembles an indicator.
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT NOT NULL);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, chat_identifier TEXT);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, handle_id INTEGER,
    other_handle INTEGER, date INTEGER);
INSERT INTO handle VALUES (1, '+15550170'), (2, 'Spear@Post.EXAMPLE'),
    (3, 'tel:+1-555-0171'), (4, '+155501701');
INSERT INTO chat VALUES (1, '+15550172');
INSERT INTO chat_message_join VALUES (1, 4);
INSERT INTO message VALUES (1, 'one', 1, 0, mac_ns('2024-03-01 09:00:00')),
    (2, 'two', 2, 0, mac_ns('2024-03-01 09:01:00')),
    (3, 'three', 0, 3, mac_ns('2024-03-01 09:02:00')),
    (4, 'four', 0, 0, mac_ns('2024-03-01 09:03:00')),
    (5, 'five', 4, 0, mac_ns('2024-03-01 09:04:00'));
