-- iOS 8: created_date in seconds, few columns; a join that leads nowhere.
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT,
    handle_id INTEGER DEFAULT 0);
CREATE TABLE message_attachment_join (message_id INTEGER,
    attachment_id INTEGER);
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, guid TEXT,
    created_date INTEGER, start_date INTEGER, filename TEXT, uti TEXT,
    mime_type TEXT, transfer_state INTEGER, is_outgoing INTEGER);
INSERT INTO message_attachment_join VALUES (5, 1);
INSERT INTO attachment VALUES (1, 'OLD', CAST(mac('2014-11-02 12:00:00') AS
    INTEGER), 0, '/private/var/mobile/Library/SMS/Attachments/00/IMG_1.JPG',
    'public.jpeg', 'image/jpeg', 5, 1);
