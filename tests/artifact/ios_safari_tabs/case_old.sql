-- iOS 15: no windows, no sub-types, session inside the tab; what cannot be read
-- is a gap and is searched as it stands.
CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, parent INTEGER, type INTEGER,
    title TEXT, url TEXT, extra_attributes BLOB, local_attributes BLOB);
INSERT INTO bookmarks VALUES (1, 0, 1, NULL, NULL, NULL, NULL);
INSERT INTO bookmarks VALUES (2, 1, 0, 'New tab', NULL, x'', x'');
INSERT INTO bookmarks VALUES (3, 1, 0, NULL, 'https://plain.example/',
    CAST('broken https://extra.bad.example/' AS BLOB),
    CAST('broken https://local.bad.example/' AS BLOB));
INSERT INTO bookmarks VALUES (4, 77, 0, NULL, 'https://lost.example/', NULL,
    plist('<dict><key>SessionState</key><data-hex>00000002' ||
    hex(plist('<dict><key>RenderTreeSize</key><integer>1</integer></dict>')) ||
    '</data-hex></dict>'));
