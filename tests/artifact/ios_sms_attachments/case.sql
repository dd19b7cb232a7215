-- Every column, received; then a row with nothing but its guid.
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT NOT NULL,
    service TEXT NOT NULL);
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT,
    handle_id INTEGER DEFAULT 0, service TEXT, date INTEGER);
CREATE TABLE message_attachment_join (message_id INTEGER,
    attachment_id INTEGER, UNIQUE(message_id, attachment_id));
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT UNIQUE NOT NULL, created_date INTEGER DEFAULT 0,
    start_date INTEGER DEFAULT 0, filename TEXT, uti TEXT, mime_type TEXT,
    transfer_state INTEGER DEFAULT 0, is_outgoing INTEGER DEFAULT 0,
    user_info BLOB, transfer_name TEXT, total_bytes INTEGER DEFAULT 0,
    is_sticker INTEGER DEFAULT 0, sticker_user_info BLOB,
    attribution_info BLOB, hide_attachment INTEGER DEFAULT 0,
    ck_sync_state INTEGER DEFAULT 0, ck_server_change_token_blob BLOB,
    ck_record_id TEXT, original_guid TEXT, sr_ck_sync_state INTEGER DEFAULT 0,
    sr_ck_server_change_token_blob BLOB, sr_ck_record_id TEXT,
    is_commsafety_sensitive INTEGER DEFAULT 0,
    emoji_image_short_description TEXT,
    preview_generation_state INTEGER DEFAULT 0);
INSERT INTO handle VALUES (3, '+15550110', 'iMessage');
INSERT INTO message VALUES (70, 'M-70', 3, 'iMessage',
    mac_ns('2024-03-01 10:00:00'));
INSERT INTO message_attachment_join VALUES (70, 9);
INSERT INTO attachment VALUES (9, 'A-9', mac('2024-03-01 10:00:02'),
    mac('2024-03-01 10:00:01'),
    '~/Library/SMS/Attachments/ab/11/A-9/Leaflet.pdf', 'com.adobe.pdf',
    'application/pdf', 5, 0, x'0102', 'Leaflet.pdf', 20480, 0, x'03', x'04', 0,
    1, x'05', 'R-9', 'A-9', 1, x'06', 'SR-9', 0, 'a hat', 1);
INSERT INTO attachment (ROWID, guid) VALUES (10, 'A-10');
