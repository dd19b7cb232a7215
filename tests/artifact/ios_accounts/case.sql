-- An Apple ID, a mail account of it, one whose type and parent are gone; their
-- settings: a text, a number, a date, a list with handles, a dictionary, one
-- that is no archive; an app that may use accounts.
CREATE TABLE ZACCOUNTTYPE (Z_PK INTEGER PRIMARY KEY, ZACCOUNTTYPEDESCRIPTION,
    ZIDENTIFIER);
CREATE TABLE ZACCOUNT (Z_PK INTEGER PRIMARY KEY, ZACTIVE INTEGER,
    ZAUTHENTICATED INTEGER, ZVISIBLE INTEGER, ZACCOUNTTYPE INTEGER,
    ZPARENTACCOUNT INTEGER, ZDATE TIMESTAMP,
    ZLASTCREDENTIALRENEWALREJECTIONDATE TIMESTAMP, ZACCOUNTDESCRIPTION,
    ZCREDENTIALTYPE, ZIDENTIFIER, ZOWNINGBUNDLEID, ZUSERNAME);
CREATE TABLE ZACCOUNTPROPERTY (Z_PK INTEGER PRIMARY KEY, ZOWNER INTEGER, ZKEY,
    ZVALUE BLOB);
CREATE TABLE ZAUTHORIZATION (Z_PK INTEGER PRIMARY KEY, ZACCOUNTTYPE INTEGER,
    ZBUNDLEID, ZGRANTEDPERMISSIONS);
INSERT INTO ZACCOUNTTYPE VALUES (1, 'iCloud', 'com.apple.account.AppleAccount'),
    (2, 'IMAP', 'com.apple.account.IMAP');
INSERT INTO ZACCOUNT VALUES
    (1, 1, 1, 1, 1, NULL, mac('2024-03-01 08:00:00'),
        mac('2024-03-02 08:00:00'), 'iCloud', 'apple', 'AAAA-1',
        'com.apple.Preferences', 'Ada@Post.Example'),
    (2, 0, 1, 0, 2, 1, mac('2024-03-03 08:00:00'), NULL,
        'see https://help.example/', 'password', 'AAAA-2',
        'com.example.mailer', '+1 (555) 0100'),
    (3, NULL, NULL, NULL, 9, 9, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO ZACCOUNTPROPERTY VALUES (1, 2, 'DAAccountHost', plist('<dict>
    <key>$archiver</key><string>NSKeyedArchiver</string>
    <key>$objects</key><array><string>$null</string>
        <string>mail.evil.example</string></array>
    <key>$top</key><dict><key>root</key><dict><key>CF$UID</key>
        <integer>1</integer></dict></dict></dict>')),
    (2, 2, 'DAAccountPort', plist('<dict>
    <key>$archiver</key><string>NSKeyedArchiver</string>
    <key>$objects</key><array><string>$null</string>
        <integer>993</integer></array>
    <key>$top</key><dict><key>root</key><dict><key>CF$UID</key>
        <integer>1</integer></dict></dict></dict>')),
    (3, 1, 'lastAuthenticated', plist('<dict>
    <key>$archiver</key><string>NSKeyedArchiver</string>
    <key>$objects</key><array><string>$null</string>
        <dict><key>NS.time</key><real>700000000.5</real></dict></array>
    <key>$top</key><dict><key>root</key><dict><key>CF$UID</key>
        <integer>1</integer></dict></dict></dict>')),
    (4, 1, 'handles', plist('<dict>
    <key>$archiver</key><string>NSKeyedArchiver</string>
    <key>$objects</key><array><string>$null</string>
        <dict><key>NS.objects</key><array>
            <dict><key>CF$UID</key><integer>2</integer></dict>
            <dict><key>CF$UID</key><integer>3</integer></dict>
            <dict><key>CF$UID</key><integer>3</integer></dict></array></dict>
        <dict><key>NS.keys</key><array>
            <dict><key>CF$UID</key><integer>4</integer></dict></array>
            <key>NS.objects</key><array>
            <dict><key>CF$UID</key><integer>5</integer></dict></array></dict>
        <string>tel:+15550101</string>
        <string>uri</string>
        <string>mailto:Second@Post.Example</string></array>
    <key>$top</key><dict><key>root</key><dict><key>CF$UID</key>
        <integer>1</integer></dict></dict></dict>')),
    (5, 9, 'gone', plist('<dict><key>no</key><string>archive</string></dict>')),
    (6, 1, 'old', 'a text'),
    (7, 1, NULL, NULL);
INSERT INTO ZAUTHORIZATION VALUES (1, 2, 'com.example.reader', 'email,read');
