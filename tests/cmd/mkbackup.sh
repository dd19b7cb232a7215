#!/bin/sh
# mkbackup makes a backup as a phone would name it, and the same one each time.
set -u
mkbackup=$(dirname "$OSTRAKON")/mkbackup
cd "$TEST_TMP" || exit 2
fail() {
	echo "$1"
	exit 1
}

[ -x "$mkbackup" ] || { echo 'mkbackup is not built'; exit 77; }
spec='the spec' out='the backup'
mkdir "$spec"
cat >"$spec/backup.list" <<'END'
# a comment, then an empty line

- | Info.plist | info.plist.xml | xml
- | Status.plist | info.plist.xml
HomeDomain | Library/SMS/sms.db | sms.sql | mtime=2024-03-01T10:00:00Z
HomeDomain | Library/a b.txt | some text.txt | mode=0600 uid=0
HomeDomain | Library/gone.bin | bytes.hex | missing
AppDomain-com.example.x | Documents/x.bin | bytes.hex
HomeDomain | Library/link | -> /var/elsewhere
END
echo '<dict><key>Device Name</key><string>x</string></dict>' \
    >"$spec/info.plist.xml"
echo 'some text' >"$spec/some text.txt"
echo '53 51 4c # three bytes' >"$spec/bytes.hex"
cat >"$spec/sms.sql" <<'END'
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, body BLOB);
INSERT INTO message VALUES (1, 'first', attributed('first'));
-- wal
INSERT INTO message VALUES (2, 'only in the wal', plist('<array/>'));
END

"$mkbackup" "$spec" "$out" || fail 'not made'
for name in HomeDomain-Library/SMS/sms.db HomeDomain-Library/SMS/sms.db-wal \
    'HomeDomain-Library/a b.txt' AppDomain-com.example.x-Documents/x.bin; do
	id=$(printf %s "$name" | sha1sum | cut -c1-40)
	[ -f "$out/$(printf %.2s "$id")/$id" ] || fail "$name is not stored"
done
for name in HomeDomain-Library/gone.bin HomeDomain-Library/link; do
	id=$(printf %s "$name" | sha1sum | cut -c1-40)
	[ ! -e "$out/$(printf %.2s "$id")/$id" ] || fail "$name is stored"
	grep -q "$id" "$out/Manifest.db" || fail "$name is not in the manifest"
done
id=$(printf %s HomeDomain-Library/SMS/sms.db | sha1sum | cut -c1-40)
grep -q 'only in the wal' "$out/3d/$id" && fail 'the wal is in the database'
grep -q '<plist' "$out/Info.plist" || fail 'Info.plist is not XML'
grep -q '^bplist00' "$out/Status.plist" || fail 'Status.plist is not binary'

"$mkbackup" "$spec" again || fail 'not made again'
diff -r "$out" again || fail 'two runs differ'
"$mkbackup" --flat "$spec" flat || fail 'not made flat'
[ -f "flat/$id" ] || fail 'flat is not flat'

"$mkbackup" "$spec" "$out" 2>/dev/null && fail 'wrote over a folder'
echo 'no such statement;' >>"$spec/sms.sql"
"$mkbackup" "$spec" bad 2>says && fail 'took a bad script'
grep -q 'sms.sql:5: ' says || fail "wrong line: $(cat says)"
[ ! -e bad ] || fail 'left something behind'
"$mkbackup" --scale 0 "$spec" bad 2>/dev/null
[ $? -eq 2 ] || fail 'took scale 0'
exit 0
