-- Names that only begin or end like those of the indicators.
CREATE TABLE application_identifier_tab (id INTEGER PRIMARY KEY, application_identifier TEXT NOT NULL);
CREATE TABLE key_tab (id INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE TABLE kvs (id INTEGER PRIMARY KEY, application_identifier INTEGER, key INTEGER, value BLOB);
INSERT INTO application_identifier_tab VALUES (1, 'com.example.stalkers'), (2, 'org.com.example.stalker');
INSERT INTO key_tab VALUES (1, 'compatibilityInfo');
INSERT INTO kvs VALUES (1, 1, 1, plist('<dict><key>bundlePath</key><string>/private/var/db/implanted/X.app</string></dict>'));
