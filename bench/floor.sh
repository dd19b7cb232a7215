#!/bin/sh
# What any reader of a backup in clear must pay: the columns that a check
# examines, read once from the four largest databases by the sqlite3 shell.
#
#	bench/floor.sh sqlite BACKUP	the columns, once
#	bench/floor.sh cat BACKUP	these four files, to /dev/null
#	bench/floor.sh all BACKUP	every file, to /dev/null
set -eu
what=$1
backup=$2

# Where a file of the backup lies: by the SHA-1 of its domain and path.
member() {
	id=$(printf %s "$1" | sha1sum | cut -c 1-40)
	printf '%s/%s/%s' "$backup" "$(printf %.2s "$id")" "$id"
}

sms=$(member HomeDomain-Library/SMS/sms.db)
whatsapp=$(member \
    AppDomainGroup-group.net.whatsapp.WhatsApp.shared-ChatStorage.sqlite)
safari=$(member HomeDomain-Library/Safari/History.db)

# Never written to: no -wal or -shm is made beside the evidence.
query() {
	[ ! -f "$1" ] || sqlite3 "file:$1?immutable=1" "$2"
}

case $what in
sqlite)
	query "$sms" 'SELECT count(*), sum(length(m.text)),
	    sum(length(m.attributedBody)), sum(length(m.guid)),
	    sum(length(m.service)), sum(length(h.id)), max(m.date),
	    max(m.date_read), sum(m.is_from_me)
	    FROM message m LEFT JOIN handle h ON h.ROWID = m.handle_id'
	query "$whatsapp" 'SELECT count(*), sum(length(m.ZTEXT)),
	    sum(length(m.ZFROMJID)), sum(length(m.ZTOJID)),
	    sum(length(m.ZPUSHNAME)), max(m.ZMESSAGEDATE),
	    sum(length(s.ZCONTACTJID)), sum(length(s.ZPARTNERNAME))
	    FROM ZWAMESSAGE m
	    LEFT JOIN ZWACHATSESSION s ON s.Z_PK = m.ZCHATSESSION;
	    SELECT count(*), sum(length(ZMEDIAURL)),
	    sum(length(ZMEDIALOCALPATH)) FROM ZWAMEDIAITEM;
	    SELECT count(*), sum(length(ZCONTENT1)), sum(length(ZMATCHEDTEXT))
	    FROM ZWAMESSAGEDATAITEM'
	query "$safari" 'SELECT count(*), sum(length(i.url)),
	    sum(length(v.title)), max(v.visit_time),
	    max(v.redirect_destination) FROM history_visits v
	    LEFT JOIN history_items i ON i.id = v.history_item'
	query "$backup/Manifest.db" 'SELECT count(*), sum(length(fileID)),
	    sum(length(domain)), sum(length(relativePath)), sum(flags),
	    sum(length(file)) FROM Files'
	;;
cat)
	cat "$backup/Manifest.db" "$sms" "$whatsapp" "$safari" >/dev/null
	;;
all)
	find "$backup" -type f -exec cat {} + >/dev/null
	;;
*)
	exit 2
	;;
esac
