-- Sent from /var/tmp; received there under another name; names and paths that
-- only begin as indicators do.
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, filename TEXT,
    transfer_name TEXT, is_outgoing INTEGER);
INSERT INTO attachment VALUES (1, '/var/tmp/7D0E-1', NULL, 1);
INSERT INTO attachment VALUES (2, '/var/tmp/7D0E-2', NULL, 0);
INSERT INTO attachment VALUES (3, '~/var/tmp/7D0E-1', NULL, 0);
INSERT INTO attachment VALUES (4,
    '~/Library/SMS/Attachments/0a/10/X/implant.plist.pdf',
    'my implant.plist', 0);
INSERT INTO attachment VALUES (5, '/var/mobile/Library/Oddly/x.bin', NULL, 0);
