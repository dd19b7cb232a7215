-- Two devices, a tab each; a tab of a device that is gone; a wish to close one.
CREATE TABLE cloud_tab_devices (device_uuid TEXT PRIMARY KEY NOT NULL,
    system_fields BLOB NOT NULL, device_name TEXT, device_type_identifier TEXT,
    has_duplicate_device_name BOOLEAN DEFAULT 0,
    is_ephemeral_device BOOLEAN DEFAULT 0, last_modified REAL NOT NULL);
CREATE TABLE cloud_tabs (tab_uuid TEXT PRIMARY KEY NOT NULL,
    system_fields BLOB NOT NULL, device_uuid TEXT NOT NULL,
    position BLOB NOT NULL, title TEXT, url TEXT NOT NULL,
    is_pinned BOOLEAN DEFAULT 0, last_viewed_time REAL DEFAULT 0);
CREATE TABLE cloud_tab_close_requests (
    close_request_uuid TEXT PRIMARY KEY NOT NULL, system_fields BLOB NOT NULL,
    destination_device_uuid TEXT NOT NULL, url TEXT NOT NULL,
    tab_uuid TEXT NOT NULL);
INSERT INTO cloud_tab_devices VALUES ('D-1', x'00', 'Ada''s Mac', 'Mac14,2', 0,
    0, mac('2024-03-05 09:00:00')), ('D-2', x'00', 'Old iPad', NULL, 0, 0,
    mac('2023-01-01 09:00:00'));
INSERT INTO cloud_tabs VALUES
    ('T-1', x'00', 'D-1', x'00', 'News', 'https://mac.bad.example/', 0,
    mac('2024-03-05 08:30:00')),
    ('T-2', x'00', 'D-2', x'00', NULL, 'https://ipad.example/', 0, 0),
    ('T-3', x'00', 'D-9', x'00', NULL, 'https://gone.example/', 0, 0);
INSERT INTO cloud_tab_close_requests VALUES ('R-1', x'00', 'D-1',
    'https://close.example/', 'T-1');
