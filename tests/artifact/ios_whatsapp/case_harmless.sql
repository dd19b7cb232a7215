-- WhatsApp's own servers, a group number that begins as an indicator, a name
-- that is an address, a host that only ends alike.
CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER,
    ZFROMJID TEXT, ZTEXT TEXT, ZMESSAGEDATE REAL, ZISFROMME INTEGER,
    ZPUSHNAME TEXT, ZMEDIAITEM INTEGER);
CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER,
    ZMEDIAURL TEXT);
INSERT INTO ZWAMESSAGE VALUES (1, NULL, '155501260-1600000000@g.us',
    'https://goodevil.example/evil.example', mac('2024-01-01 00:00:00'), 0,
    'evil.example', 1);
INSERT INTO ZWAMEDIAITEM VALUES (1, 1,
    'https://mmg.whatsapp.net/evil.example/1.enc');
