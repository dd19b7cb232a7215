-- A file name and a path that are indicators.
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, filename TEXT,
    transfer_name TEXT, is_outgoing INTEGER);
INSERT INTO attachment VALUES (1,
    '~/Library/SMS/Attachments/0a/10/X/implant.plist', 'implant.plist', 0);
INSERT INTO attachment VALUES (2,
    '~/Library/SMS/Attachments/0b/11/Y/notes.txt', 'dropper.gif', 0);
INSERT INTO attachment VALUES (3,
    '/private/var/mobile/Library/Odd/Place/x.bin', 'x.bin', 0);
