-- Every column that is read, as iOS 17 has them; one row with all of them set
-- and one with as little as can be.
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE,
    id TEXT NOT NULL, service TEXT NOT NULL);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL, chat_identifier TEXT, room_name TEXT,
    display_name TEXT);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER,
    message_date INTEGER DEFAULT 0);
CREATE TABLE chat_recoverable_message_join (chat_id INTEGER,
    message_id INTEGER, delete_date INTEGER);
CREATE TABLE recoverable_message_part (chat_id INTEGER, message_id INTEGER,
    part_index INTEGER, delete_date INTEGER, part_text BLOB);
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT UNIQUE NOT NULL, text TEXT, service_center TEXT,
    handle_id INTEGER DEFAULT 0, subject TEXT, country TEXT,
    attributedBody BLOB, version INTEGER DEFAULT 0, type INTEGER DEFAULT 0,
    service TEXT, account TEXT, error INTEGER DEFAULT 0, date INTEGER,
    date_read INTEGER, date_delivered INTEGER, is_delivered INTEGER DEFAULT 0,
    is_finished INTEGER DEFAULT 0, is_from_me INTEGER DEFAULT 0,
    is_empty INTEGER DEFAULT 0, is_read INTEGER DEFAULT 0,
    is_system_message INTEGER DEFAULT 0, is_sent INTEGER DEFAULT 0,
    has_dd_results INTEGER DEFAULT 0, is_service_message INTEGER DEFAULT 0,
    is_forward INTEGER DEFAULT 0, was_downgraded INTEGER DEFAULT 0,
    cache_has_attachments INTEGER DEFAULT 0, cache_roomnames TEXT,
    is_audio_message INTEGER DEFAULT 0, date_played INTEGER,
    item_type INTEGER DEFAULT 0, other_handle INTEGER DEFAULT 0,
    group_title TEXT, group_action_type INTEGER DEFAULT 0,
    share_status INTEGER DEFAULT 0, share_direction INTEGER DEFAULT 0,
    message_action_type INTEGER DEFAULT 0, message_source INTEGER DEFAULT 0,
    associated_message_guid TEXT, associated_message_type INTEGER DEFAULT 0,
    balloon_bundle_id TEXT, payload_data BLOB, expressive_send_style_id TEXT,
    message_summary_info BLOB, destination_caller_id TEXT,
    is_corrupt INTEGER DEFAULT 0, reply_to_guid TEXT,
    is_spam INTEGER DEFAULT 0, thread_originator_guid TEXT,
    thread_originator_part TEXT, was_delivered_quietly INTEGER DEFAULT 0,
    date_retracted INTEGER DEFAULT 0, date_edited INTEGER DEFAULT 0,
    was_detonated INTEGER DEFAULT 0, part_count INTEGER,
    is_kt_verified INTEGER DEFAULT 0, is_sos INTEGER DEFAULT 0,
    associated_message_emoji TEXT);
INSERT INTO handle VALUES (1, '+15550100', 'iMessage'),
    (2, 'ada@post.example', 'iMessage');
INSERT INTO chat VALUES (1, 'iMessage;+;chat77', 'chat77', 'chat77',
    'Canvassers');
INSERT INTO chat_message_join VALUES (1, 1, 0);
INSERT INTO chat_recoverable_message_join VALUES
    (1, 1, mac_ns('2024-03-06 10:00:00'));
INSERT INTO recoverable_message_part VALUES
    (1, 1, 0, mac_ns('2024-03-06 10:00:01'), attributed('The old list.'));
INSERT INTO message VALUES (1, 'G-1', 'The lists are printed.', '+15550190',
    1, 'Lists', 'us', attributed('The lists are printed.'), 10, 0,
    'iMessage', 'P:+15550101', 0, mac_ns('2024-03-01 10:00:00.5'),
    mac_ns('2024-03-01 10:01:00'), mac_ns('2024-03-01 10:00:01'), 1, 1, 0, 0,
    1, 0, 0, 1, 0, 0, 0, 1, 'chat77', 0, mac_ns('2024-03-01 10:02:00'), 0, 2,
    'Canvassers', 1, 0, 0, 0, 0, 'p:0/G-0', 2006, 'com.example.balloon',
    x'0801', 'com.apple.MobileSMS.expressivesend.impact',
    plist('<dict><key>ust</key><true/></dict>'), '+15550101', 0, 'G-0', 0,
    'G-0', '0:0:5', 0, mac_ns('2024-03-01 10:05:00'),
    mac_ns('2024-03-01 10:04:00'), 0, 1, 1, 0, 'x');
INSERT INTO message (ROWID, guid) VALUES (5, 'G-5');
