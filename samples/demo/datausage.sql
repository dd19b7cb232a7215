-- Which processes used the mobile network.  keyholderd begins three minutes after the tap.  Rows 10 to 12, between 21 and
-- 23 March, are gone: they were deleted.
CREATE TABLE ZPROCESS (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZFIRSTTIMESTAMP TIMESTAMP,
	ZTIMESTAMP TIMESTAMP, ZBUNDLENAME VARCHAR, ZPROCNAME VARCHAR);
CREATE TABLE ZLIVEUSAGE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZKIND INTEGER, ZMETADATA INTEGER, ZTAG INTEGER,
	ZHASPROCESS INTEGER, ZBILLCYCLEEND TIMESTAMP, ZTIMESTAMP TIMESTAMP, ZWIFIIN FLOAT, ZWIFIOUT FLOAT, ZWWANIN FLOAT,
	ZWWANOUT FLOAT);
CREATE INDEX ZLIVEUSAGE_ZHASPROCESS_INDEX ON ZLIVEUSAGE (ZHASPROCESS);

INSERT INTO ZPROCESS VALUES
	(1, 11, 2, mac('2022-10-03 17:58:00'), mac('2024-04-11 07:30:00'), NULL, 'CommCenter'),
	(2, 11, 2, mac('2022-10-03 17:59:00'), mac('2024-04-11 07:29:00'), 'com.apple.mobilesafari',
	 'com.apple.WebKit.Networking/com.apple.mobilesafari'),
	(3, 11, 2, mac('2022-10-03 18:01:00'), mac('2024-04-11 07:10:00'), NULL, 'mDNSResponder'),
	(4, 11, 2, mac('2022-10-03 18:23:00'), mac('2024-04-10 20:11:00'), 'net.whatsapp.WhatsApp', 'WhatsApp/net.whatsapp.WhatsApp'),
	(5, 11, 2, mac('2022-10-03 18:30:00'), mac('2024-04-10 18:58:00'), 'com.apple.MobileSMS', 'MobileSMS/com.apple.MobileSMS'),
	(6, 11, 2, mac('2024-01-15 08:32:00'), mac('2024-04-10 21:00:00'), 'org.whispersystems.signal',
	 'Signal/org.whispersystems.signal'),
	(7, 11, 2, mac('2024-02-05 11:06:00'), mac('2024-04-09 15:14:00'), 'org.example.canvasspal',
	 'Canvasspal/org.example.canvasspal'),
	(8, 11, 2, mac('2024-03-11 09:16:22'), mac('2024-03-21 23:50:00'), NULL, 'keyholderd'),
	(9, 11, 2, mac('2024-03-18 06:00:00'), mac('2024-04-11 06:00:00'), NULL, 'nsurlsessiond'),
	(13, 11, 2, mac('2024-03-23 07:12:00'), mac('2024-04-11 07:00:00'), NULL, 'apsd');
INSERT INTO ZLIVEUSAGE (Z_ENT, Z_OPT, ZKIND, ZHASPROCESS, ZTIMESTAMP, ZWIFIIN, ZWIFIOUT, ZWWANIN, ZWWANOUT) VALUES
	(5, 1, 0, 1, mac('2024-04-11 07:30:00'), 0, 0, 1204311, 903122),
	(5, 1, 0, 2, mac('2024-04-11 07:29:00'), 0, 0, 88123004, 5310122),
	(5, 1, 0, 3, mac('2024-04-11 07:10:00'), 0, 0, 402211, 388109),
	(5, 1, 0, 4, mac('2024-04-10 20:11:00'), 0, 0, 40211873, 12008341),
	(5, 1, 0, 5, mac('2024-04-10 18:58:00'), 0, 0, 1022841, 882310),
	(5, 1, 0, 6, mac('2024-04-10 21:00:00'), 0, 0, 9120033, 4108821),
	(5, 1, 0, 7, mac('2024-04-09 15:14:00'), 0, 0, 2100412, 310998),
	(5, 1, 0, 8, mac('2024-03-21 23:50:00'), 0, 0, 6120441, 214880112),
	(5, 1, 0, 9, mac('2024-04-11 06:00:00'), 0, 0, 812004, 90122),
	(5, 1, 0, 13, mac('2024-04-11 07:00:00'), 0, 0, 120331, 98822);
