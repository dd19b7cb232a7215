-- Where texts and links hide: attributedBody alone or another than the text,
-- the preview of a link, earlier versions of an edited message.
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT NOT NULL);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, chat_identifier TEXT,
    room_name TEXT, display_name TEXT);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER,
    PRIMARY KEY (chat_id, message_id));
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT,
    handle_id INTEGER DEFAULT 0, attributedBody BLOB, date INTEGER,
    is_from_me INTEGER, payload_data BLOB, message_summary_info BLOB,
    date_edited INTEGER);
INSERT INTO handle VALUES (1, '+15550103'), (2, '+15550104');
INSERT INTO chat VALUES (1, '+15550103', NULL, ''), (2, 'chat12', 'chat12', 'Hall');
INSERT INTO chat_message_join VALUES (1, 1), (1, 2), (2, 3), (1, 4), (2, 5),
    (1, 6);
-- 1: only in attributedBody
INSERT INTO message VALUES (1, NULL, 1,
    attributed('Your parcel: https://only-body.example/p'),
    mac_ns('2024-03-02 09:00:00'), 0, NULL, NULL, 0);
-- 2: two texts
INSERT INTO message VALUES (2, 'Agreed: https://column.example/', 1,
    attributed('Agreed'), mac_ns('2024-03-02 09:01:00'), 0, NULL, NULL, 0);
-- 3: own message to a group, no handle
INSERT INTO message VALUES (3, 'I am at the hall', 0, NULL,
    mac_ns('2024-03-02 09:02:00'), 1, NULL, NULL, 0);
-- 4: the preview leads elsewhere than the text; one of its links is the text's
INSERT INTO message VALUES (4, 'https://text.example/', 1, NULL,
    mac_ns('2024-03-02 09:03:00'), 0, plist('<dict>
<key>$archiver</key><string>NSKeyedArchiver</string>
<key>$top</key><dict><key>root</key><dict><key>CF$UID</key><integer>1</integer></dict></dict>
<key>$objects</key><array><string>$null</string>
<dict><key>URL</key><dict><key>CF$UID</key><integer>2</integer></dict></dict>
<dict><key>NS.relative</key><dict><key>CF$UID</key><integer>3</integer></dict></dict>
<string>https://preview.example/x?y=1</string>
<string>https://text.example/</string></array></dict>'), NULL, 0);
-- 5: edited; the first version had a link
INSERT INTO message VALUES (5, 'Never mind', 2, attributed('Never mind'),
    mac_ns('2024-03-02 09:04:00'), 0, NULL,
    plist('<dict><key>ec</key><dict><key>0</key><array><dict>
<key>d</key><real>730976640</real><key>t</key><data-hex>' ||
    hex(attributed('Look: http://earlier.example')) || '</data-hex></dict>
</array></dict></dict>'),
    mac_ns('2024-03-02 09:05:00'));
-- 6: a body that is none, and a payload that is no property list
INSERT INTO message VALUES (6, NULL, 1, CAST('xx https://torn.example/ xx' AS
    BLOB), mac_ns('2024-03-02 09:06:00'), 0,
    CAST('..https://payload.example/a..' AS BLOB), NULL, 0);
