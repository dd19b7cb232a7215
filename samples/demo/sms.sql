-- Messages.  The tables of iOS 17, without those that nothing here reads.
CREATE TABLE _SqliteDatabaseProperties (key TEXT, value TEXT, UNIQUE(key));
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT, service TEXT NOT NULL,
	uncanonicalized_id TEXT, person_centric_id TEXT, UNIQUE (id, service));
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, style INTEGER, state INTEGER,
	account_id TEXT, properties BLOB, chat_identifier TEXT, service_name TEXT, room_name TEXT, account_login TEXT,
	is_archived INTEGER DEFAULT 0, last_addressed_handle TEXT, display_name TEXT, group_id TEXT,
	is_filtered INTEGER DEFAULT 0, successful_query INTEGER);
CREATE TABLE chat_handle_join (chat_id INTEGER REFERENCES chat (ROWID) ON DELETE CASCADE,
	handle_id INTEGER REFERENCES handle (ROWID) ON DELETE CASCADE, UNIQUE(chat_id, handle_id));
CREATE TABLE chat_message_join (chat_id INTEGER REFERENCES chat (ROWID) ON DELETE CASCADE,
	message_id INTEGER REFERENCES message (ROWID) ON DELETE CASCADE, message_date INTEGER DEFAULT 0,
	PRIMARY KEY (chat_id, message_id));
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT,
	replace INTEGER DEFAULT 0, service_center TEXT, handle_id INTEGER DEFAULT 0, subject TEXT, country TEXT,
	attributedBody BLOB, version INTEGER DEFAULT 0, type INTEGER DEFAULT 0, service TEXT, account TEXT, account_guid TEXT,
	error INTEGER DEFAULT 0, date INTEGER, date_read INTEGER, date_delivered INTEGER, is_delivered INTEGER DEFAULT 0,
	is_finished INTEGER DEFAULT 0, is_emote INTEGER DEFAULT 0, is_from_me INTEGER DEFAULT 0, is_empty INTEGER DEFAULT 0,
	is_delayed INTEGER DEFAULT 0, is_auto_reply INTEGER DEFAULT 0, is_prepared INTEGER DEFAULT 0,
	is_read INTEGER DEFAULT 0, is_system_message INTEGER DEFAULT 0, is_sent INTEGER DEFAULT 0,
	has_dd_results INTEGER DEFAULT 0, is_service_message INTEGER DEFAULT 0, is_forward INTEGER DEFAULT 0,
	was_downgraded INTEGER DEFAULT 0, is_archive INTEGER DEFAULT 0, cache_has_attachments INTEGER DEFAULT 0,
	cache_roomnames TEXT, was_data_detected INTEGER DEFAULT 0, was_deduplicated INTEGER DEFAULT 0,
	is_audio_message INTEGER DEFAULT 0, is_played INTEGER DEFAULT 0, date_played INTEGER, item_type INTEGER DEFAULT 0,
	other_handle INTEGER DEFAULT 0, group_title TEXT, group_action_type INTEGER DEFAULT 0,
	share_status INTEGER DEFAULT 0, share_direction INTEGER DEFAULT 0, is_expirable INTEGER DEFAULT 0,
	expire_state INTEGER DEFAULT 0, message_action_type INTEGER DEFAULT 0, message_source INTEGER DEFAULT 0,
	associated_message_guid TEXT, associated_message_type INTEGER DEFAULT 0, balloon_bundle_id TEXT, payload_data BLOB,
	expressive_send_style_id TEXT, associated_message_range_location INTEGER DEFAULT 0,
	associated_message_range_length INTEGER DEFAULT 0, time_expressive_send_played INTEGER, message_summary_info BLOB,
	ck_sync_state INTEGER DEFAULT 0, ck_record_id TEXT, ck_record_change_tag TEXT, destination_caller_id TEXT,
	is_corrupt INTEGER DEFAULT 0, reply_to_guid TEXT, sort_id INTEGER, is_spam INTEGER DEFAULT 0,
	has_unseen_mention INTEGER DEFAULT 0, thread_originator_guid TEXT, thread_originator_part TEXT,
	syndication_ranges TEXT, was_delivered_quietly INTEGER DEFAULT 0, did_notify_recipient INTEGER DEFAULT 0,
	synced_syndication_ranges TEXT, date_retracted INTEGER DEFAULT 0, date_edited INTEGER DEFAULT 0,
	was_detonated INTEGER DEFAULT 0, part_count INTEGER, is_stewie INTEGER DEFAULT 0, is_kt_verified INTEGER DEFAULT 0,
	is_sos INTEGER DEFAULT 0, is_critical INTEGER DEFAULT 0, bia_reference_id TEXT, fallback_hash TEXT);
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, created_date INTEGER DEFAULT 0,
	start_date INTEGER DEFAULT 0, filename TEXT, uti TEXT, mime_type TEXT, transfer_state INTEGER DEFAULT 0,
	is_outgoing INTEGER DEFAULT 0, user_info BLOB, transfer_name TEXT, total_bytes INTEGER DEFAULT 0,
	is_sticker INTEGER DEFAULT 0, sticker_user_info BLOB, attribution_info BLOB, hide_attachment INTEGER DEFAULT 0,
	ck_sync_state INTEGER DEFAULT 0, ck_server_change_token_blob BLOB, ck_record_id TEXT,
	original_guid TEXT UNIQUE NOT NULL, is_commsafety_sensitive INTEGER DEFAULT 0);
CREATE TABLE message_attachment_join (message_id INTEGER REFERENCES message (ROWID) ON DELETE CASCADE,
	attachment_id INTEGER REFERENCES attachment (ROWID) ON DELETE CASCADE, UNIQUE(message_id, attachment_id));

INSERT INTO _SqliteDatabaseProperties VALUES ('_ClientVersion', '17005'), ('counter_in_all', '9');
INSERT INTO handle (ROWID, id, country, service, uncanonicalized_id) VALUES
	(1, '+15550111', 'us', 'iMessage', NULL),	-- Jonas, campaign manager
	(2, '+15550112', 'us', 'iMessage', NULL),	-- Aylin, press
	(3, '+15550113', 'us', 'SMS', NULL),		-- her brother
	(4, '+15550147', 'us', 'SMS', NULL),		-- whoever sends the link
	(5, 'threat-notifications@apple.com', NULL, 'iMessage', NULL);
INSERT INTO chat (ROWID, guid, style, state, chat_identifier, service_name, display_name) VALUES
	(1, 'iMessage;-;+15550111', 45, 3, '+15550111', 'iMessage', NULL),
	(2, 'SMS;-;+15550113', 45, 3, '+15550113', 'SMS', NULL),
	(3, 'SMS;-;+15550147', 45, 3, '+15550147', 'SMS', NULL),
	(4, 'iMessage;+;chat4400', 43, 3, 'chat4400', 'iMessage', 'Field team'),
	(5, 'iMessage;-;threat-notifications@apple.com', 45, 3, 'threat-notifications@apple.com', 'iMessage', NULL);
INSERT INTO chat_handle_join VALUES (1, 1), (2, 3), (3, 4), (4, 1), (4, 2), (5, 5);

INSERT INTO message (ROWID, guid, text, handle_id, attributedBody, service, account, date, date_read, is_from_me,
	is_read, is_delivered, is_sent, is_finished, has_dd_results, cache_has_attachments, destination_caller_id) VALUES
	(1, 'M-01', 'Posters are at the printer. Can you photograph the proof?', 1,
	 attributed('Posters are at the printer. Can you photograph the proof?'), 'iMessage', 'E:mara.ellison@mail.example',
	 mac_ns('2024-03-08 17:35:00'), mac_ns('2024-03-08 17:36:10'), 0, 1, 0, 0, 1, 0, 0, '+15550100'),
	(2, 'M-02', NULL, 1, attributed(char(0xfffc)), 'iMessage', 'E:mara.ellison@mail.example',
	 mac_ns('2024-03-08 17:40:00'), 0, 1, 1, 1, 1, 1, 0, 1, '+15550100'),
	-- The link.  As on any present phone, the text stands in attributedBody only.
	(3, 'M-03', NULL, 4,
	 attributed('Harbour County Elections: your polling place has changed. Check yours before April 20: http://polls.vote-desk.example/r/7Kd2'),
	 'SMS', 'P:+15550100', mac_ns('2024-03-11 09:12:05'), mac_ns('2024-03-11 09:13:30'), 0, 1, 0, 0, 1, 1, 0, '+15550100'),
	(4, 'M-04', NULL, 3, attributed('Dinner on Sunday? Mum asks. 🥧'), 'SMS', 'P:+15550100',
	 mac_ns('2024-03-22 19:02:44'), mac_ns('2024-03-22 19:10:00'), 0, 1, 0, 0, 1, 0, 0, '+15550100'),
	(5, 'M-05', NULL, 3, attributed('Yes! I bring the cake.'), 'SMS', 'P:+15550100',
	 mac_ns('2024-03-22 19:11:20'), 0, 1, 1, 1, 1, 1, 0, 0, '+15550100'),
	-- Her own message to the group: no handle.
	(6, 'M-06', NULL, 0, attributed('Walk list 14 is done, see https://maps.harbourticket.example/walk/14'), 'iMessage',
	 'E:mara.ellison@mail.example', mac_ns('2024-04-09 15:15:00'), 0, 1, 1, 1, 1, 1, 1, 0, '+15550100'),
	(7, 'M-07', NULL, 2, attributed('Great work 👏 Reporter at 5, please keep Lane 9 free.'), 'iMessage',
	 'E:mara.ellison@mail.example', mac_ns('2024-04-09 15:18:31'), mac_ns('2024-04-09 15:20:00'), 0, 1, 0, 0, 1, 0, 0,
	 '+15550100'),
	(8, 'M-08', NULL, 5, attributed('ALERT: Apple detected a targeted mercenary spyware attack against your iPhone. '
	 || 'This is an invented copy for a demonstration. Sign in to your account page to see whether it is genuine.'),
	 'iMessage', 'E:mara.ellison@mail.example', mac_ns('2024-04-10 18:30:00'), mac_ns('2024-04-10 18:38:00'), 0, 1, 0, 0, 1,
	 0, 0, '+15550100'),
	(9, 'M-09', NULL, 1, attributed('Do not delete anything. Take the phone to the helpdesk tomorrow, I told them.'),
	 'iMessage', 'E:mara.ellison@mail.example', mac_ns('2024-04-10 18:58:10'), mac_ns('2024-04-10 18:58:40'), 0, 1, 0, 0, 1,
	 0, 0, '+15550100');
INSERT INTO chat_message_join VALUES
	(1, 1, mac_ns('2024-03-08 17:35:00')), (1, 2, mac_ns('2024-03-08 17:40:00')),
	(3, 3, mac_ns('2024-03-11 09:12:05')), (2, 4, mac_ns('2024-03-22 19:02:44')),
	(2, 5, mac_ns('2024-03-22 19:11:20')), (4, 6, mac_ns('2024-04-09 15:15:00')),
	(4, 7, mac_ns('2024-04-09 15:18:31')), (5, 8, mac_ns('2024-04-10 18:30:00')),
	(1, 9, mac_ns('2024-04-10 18:58:10'));
INSERT INTO attachment (ROWID, guid, created_date, start_date, filename, uti, mime_type, transfer_state, is_outgoing,
	transfer_name, total_bytes, original_guid) VALUES
	(1, 'AF21', CAST(mac('2024-03-08 17:40:00') AS INTEGER), CAST(mac('2024-03-08 17:40:00') AS INTEGER),
	 '~/Library/SMS/Attachments/4a/10/AF21/poster.heic', 'public.heic', 'image/heic', 5, 1, 'poster.heic', 31, 'AF21');
INSERT INTO message_attachment_join VALUES (2, 1);

-- mkbackup --scale N: 5 thousand harmless messages more for each N, with up to 2,000 people; every twelfth has a link, every
-- second its text in attributedBody too, every twentieth an attachment.
INSERT INTO handle (ROWID, id, country, service)
WITH RECURSIVE n(i) AS (SELECT 1 WHERE scale() > 0 UNION ALL SELECT i + 1 FROM n WHERE i < min(2000, scale() * 50))
SELECT 100 + i, CASE WHEN dice(i, 1, 5) > 0 THEN '+1555' || (2000000 + i) ELSE 'someone' || i || '@mail.example' END, 'us',
	CASE WHEN dice(i, 2, 10) < 7 THEN 'iMessage' ELSE 'SMS' END FROM n;
INSERT INTO chat (ROWID, guid, style, state, chat_identifier, service_name)
SELECT ROWID, service || ';-;' || id, 45, 3, id, service FROM handle WHERE ROWID > 100;
INSERT INTO chat_handle_join SELECT ROWID, ROWID FROM handle WHERE ROWID > 100;
INSERT INTO message (ROWID, guid, text, handle_id, attributedBody, version, service, account, account_guid, date, date_read,
	date_delivered, is_delivered, is_finished, is_from_me, is_read, is_sent, has_dd_results, was_data_detected,
	destination_caller_id, sort_id, part_count)
WITH RECURSIVE n(i) AS (SELECT 1 WHERE scale() > 0 UNION ALL SELECT i + 1 FROM n WHERE i < scale() * 5000),
m AS (SELECT i, dice(i, 1, 100) < 45 AS mine, dice(i, 2, 12) = 0 AS link, dice(i, 3, 10) < 7 AS imessage,
	101 + dice(i, 4, min(2000, scale() * 50)) AS person,
	mac_ns('2020-04-01 00:00:00') + i * (126000000000000000 / (scale() * 5000)) AS at FROM n)
SELECT 100 + i, invent('guid', i), invent('text', i) || CASE WHEN link THEN ' ' || invent('url', i) ELSE '' END, person,
	CASE WHEN dice(i, 5, 2) THEN attributed(invent('text', i) || CASE WHEN link THEN ' ' || invent('url', i) ELSE '' END) END,
	10, CASE WHEN imessage THEN 'iMessage' ELSE 'SMS' END, 'P:+15550100', invent('guid', -i), at,
	CASE WHEN mine THEN 0 ELSE at + dice(i, 6, 1000000000) * 1000 END, CASE WHEN mine THEN at ELSE 0 END,
	mine, 1, mine, NOT mine, mine, link, 1, '+15550100', i, 1
FROM m;
INSERT INTO chat_message_join SELECT handle_id, ROWID, date FROM message WHERE ROWID > 100;
INSERT INTO attachment (ROWID, guid, created_date, start_date, filename, uti, mime_type, transfer_state, is_outgoing,
	transfer_name, total_bytes, original_guid)
SELECT ROWID, 'A-' || guid, date / 1000000000, date / 1000000000, '~/Library/SMS/Attachments/' ||
	printf('%02x/%02d/', dice(ROWID, 7, 256), dice(ROWID, 8, 16)) || guid || '/IMG_' || ROWID || '.heic', 'public.heic', 'image/heic',
	5, is_from_me, 'IMG_' || ROWID || '.heic', 1000 + dice(ROWID, 9, 5000000), 'A-' || guid
FROM message WHERE ROWID > 100 AND ROWID % 20 = 0;
INSERT INTO message_attachment_join SELECT ROWID, ROWID FROM attachment WHERE ROWID > 100;

CREATE INDEX message_idx_handle ON message(handle_id, date);
CREATE INDEX message_idx_is_read ON message(is_read, is_from_me, is_finished);
CREATE INDEX chat_message_join_idx_message_id_only ON chat_message_join(message_id);
CREATE INDEX message_attachment_join_idx_attachment_id ON message_attachment_join(attachment_id);
