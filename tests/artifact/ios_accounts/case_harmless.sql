-- The accounts that every phone has, and names that only look alike.
CREATE TABLE ZACCOUNTTYPE (Z_PK INTEGER PRIMARY KEY, ZIDENTIFIER);
CREATE TABLE ZACCOUNT (Z_PK INTEGER PRIMARY KEY, ZACCOUNTTYPE INTEGER,
    ZDATE TIMESTAMP, ZOWNINGBUNDLEID, ZUSERNAME);
INSERT INTO ZACCOUNTTYPE VALUES (1, 'com.apple.account.iTunesStore');
INSERT INTO ZACCOUNT VALUES (1, 1, mac('2024-03-01 08:00:00'), 'appstored',
    'local'), (2, 1, NULL, 'com.example.readers', 'not.ada@post.example'),
    (3, 1, NULL, NULL, '+155501001');
