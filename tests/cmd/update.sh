#!/bin/sh
# indicators update against a server of our own: what is fetched, what is kept,
# and what is refused; then list and show on what came.
set -u
httpsd=$(dirname "$OSTRAKON")/httpsd
cd "$TEST_TMP" || exit 2
[ -x "$httpsd" ] || { echo 'httpsd is not built'; exit 77; }
command -v openssl >/dev/null || { echo 'openssl is not installed'; exit 77; }
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY all_proxy
server=

fail() {
	echo "$1"
	cat said errors log 2>/dev/null
	exit 1
}
trap '[ -z "$server" ] || kill "$server"' EXIT

# An authority, its server's certificate, and an authority nobody asked.
authority() {
	openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.pem" \
	    -days 2 -subj "/CN=$1" 2>>openssl.log
}
authority ca || fail 'no authority'
authority other || fail 'no other authority'
openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr \
    -subj /CN=localhost 2>>openssl.log || fail 'no key'
echo 'subjectAltName=IP:127.0.0.1' >names
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial \
    -days 2 -extfile names -out server.pem 2>>openssl.log ||
    fail 'no certificate'

mkdir www
"$httpsd" www server.pem server.key port 120 >>log &
server=$!
tries=0
while [ ! -f port ]; do
	tries=$((tries + 1))
	[ "$tries" -lt 100 ] || fail 'the server did not start'
	sleep 0.1
done
base=https://127.0.0.1:$(cat port)

# bundle DOMAIN...: one set of these names.
bundle() {
	printf '{"type":"bundle","id":"bundle--1","objects":['
	printf '{"type":"malware","id":"malware--1","name":"Invented"}'
	for name; do
		printf ',{"type":"indicator","id":"indicator--%s",' "$name"
		printf '"pattern_type":"stix",'
		printf '"pattern":"[domain-name:value = '\''%s'\'']"}' "$name"
		printf ',{"type":"relationship","id":"relationship--%s",' \
		    "$name"
		printf '"relationship_type":"indicates",'
		printf '"source_ref":"indicator--%s",' "$name"
		printf '"target_ref":"malware--1"}'
	done
	printf ']}\n'
}

# index NAME...: names of files, or whole addresses.
index() {
	echo 'indicators:'
	for name; do
		case $name in
		*://*) ;;
		*) name=$base/$name ;;
		esac
		printf '  -\n    type: download\n    name: set\n'
		printf '    sources:\n      - someone\n'
		printf '    download_url: %s\n' "$name"
	done
}

# update WANTED-STATUS [OPTION...]
update() {
	wanted=$1
	shift
	: >log
	"$OSTRAKON" indicators update --url "$base/indicators.yaml" \
	    --ca ca.pem --folder sets "$@" >said 2>errors
	status=$?
	[ "$status" -eq "$wanted" ] || fail "exit $status, not $wanted"
	[ -z "$(find sets -name '*.part')" ] || fail 'a part is left'
}
says() {
	grep -qF -- "$1" said || fail "does not say: $1"
}
complains() {
	grep -qF -- "$1" errors || fail "does not complain: $1"
}
logged() {
	grep -qE "$1" log || fail "the server was not asked: $1"
}
in_set() {
	cat sets/*"$1" | grep -q "$2"
}

# The first time all is fetched.
bundle one.example >www/one.stix2
bundle two.example deux.example >www/two.json
index one.stix2 two.json >www/indicators.yaml
update 0
says '2 sets: 2 new, 0 unchanged, 0 failed; in sets'
in_set one.stix2 one.example || fail 'one is not there'
in_set two.json deux.example || fail 'two is not there'
for file in sets/*; do
	[ "$(stat -c %a "$file")" = 600 ] || fail "mode of $file"
done

# Then only what changed.
update 0
says '2 sets: 0 new, 2 unchanged, 0 failed'
[ "$(grep -c '^GET /[a-z.0-9]* "[0-9a-f.-]*" 304$' log)" -eq 3 ] ||
    fail 'not three answers of 304'
inode=$(stat -c %i sets/*one.stix2)
bundle uno.example >www/one.stix2
update 0
says '2 sets: 1 new, 1 unchanged, 0 failed'
in_set one.stix2 uno.example || fail 'the new set is not there'
in_set one.stix2 one.example && fail 'the old set is still there'
[ "$(stat -c %i sets/*one.stix2)" != "$inode" ] || fail 'written in place'

# list and show read what came.
"$OSTRAKON" indicators list -i sets >said || fail 'list fails'
says '3 indicators in all (domain 3)'
says 'Invented: '
OSTRAKON_INDICATORS=sets "$OSTRAKON" indicators list --json >said ||
    fail 'list --json fails'
says '"indicators":3'
"$OSTRAKON" indicators show -i sets DEUX >said || fail 'show fails'
says 'deux.example'
says 'sets Invented'
"$OSTRAKON" indicators show -i sets nobody.example >said 2>errors &&
    fail 'shows what is not there'
complains 'no indicator holds that'

# What is broken leaves what was there; the others are fetched all the same.
kept=$(sha256sum sets/*one.stix2)
broken() {
	bundle "$1" >www/two.json
	update 3
	says '2 sets: 1 new, 0 unchanged, 1 failed'
	complains "$2"
	[ "$(sha256sum sets/*one.stix2)" = "$kept" ] || fail 'it was replaced'
	in_set two.json "$1" || fail "two did not follow: $1"
	rm -f www/one.stix2.how
}
echo '<html><body>Sign in to the Wi-Fi</body></html>' >www/one.stix2
broken a.example 'no indicator can be read from it; the copy at hand is kept'
bundle x1.example x2.example x3.example | head -c 500 >www/one.stix2
broken b.example 'no indicator can be read from it'
: >www/one.stix2
broken c.example 'no indicator can be read from it'
rm www/one.stix2
broken d.example 'the server answered 404'
bundle y.example >www/one.stix2
echo 'cut 100' >www/one.stix2.how
broken e.example 'one.stix2'
echo 'size 300000000' >www/one.stix2.how
broken f.example 'it is larger than any such file'
echo 'status 503' >www/one.stix2.how
broken g.example 'the server answered 503'
echo "redirect http://127.0.0.1:$(cat port)/two.json" >www/one.stix2.how
broken h.example 'one.stix2'
logged '^GET /one.stix2 .* 302$'
echo "redirect $base/one.stix2" >www/one.stix2.how
broken i.example 'one.stix2'

# A redirect that stays on HTTPS is followed.
bundle far.example >www/far
echo "redirect $base/far" >www/one.stix2.how
update 0
in_set one.stix2 far.example || fail 'the redirect was not followed'
rm www/one.stix2.how

# Without ETags all is fetched each time; "unchanged" must have been asked.
echo noetag >www/one.stix2.how
touch www/one.stix2
update 0
update 0
logged '^GET /one.stix2 - 200$'
echo unchanged >www/new.stix2.how
index new.stix2 two.json >www/indicators.yaml
update 3
complains 'it was never here'
[ -z "$(find sets -name '*new.stix2')" ] || fail 'something came of nothing'

# Entries that give no https address, and two that would be one file.
bundle slash.example >www/a_b.stix2
index http://127.0.0.1/x 'https://user@127.0.0.1/x' file:///etc/passwd \
    two.json >www/indicators.yaml
update 0
says '3 entries of the index give no https address'
index two.json "$base/./two.json" "$base/?/two.json" "$base/_/two.json" \
    >www/indicators.yaml
update 3
complains 'another set of the index would have the same file name'

# An index that is none: nothing is touched.
kept=$(cat sets/* | sha256sum)
bad_index() {
	update 3
	complains "$1"
	[ "$(cat sets/* | sha256sum)" = "$kept" ] || fail 'touched'
	[ ! -s said ] || fail 'says something'
	[ "$(wc -l <log)" -eq 1 ] || fail 'went on'
}
none='it is no index of indicator sets'
echo '<html><body>Sign in</body></html>' >www/indicators.yaml
bad_index "$none"
: >www/indicators.yaml
bad_index "$none"
printf 'indicators:\n  - "a\n' >www/indicators.yaml
bad_index "$none"
printf 'indicators:\n- &a {type: download, download_url: "%s"}\n- *a\n' \
    "$base/two.json" >www/indicators.yaml
bad_index "$none"
awk 'BEGIN { printf "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
	for (i = 1; i < 30; i++) {
		printf "a%d: &a%d [", i, i
		for (k = 0; k < 10; k++) printf "*a%d,", i - 1
		print "]"
	} }' >www/indicators.yaml
bad_index "$none"
awk 'BEGIN { printf "indicators: "; for (i = 0; i < 100000; i++) printf "[" }' \
    >www/indicators.yaml
bad_index "$none"
awk 'BEGIN { for (i = 0; i < 60000; i++) print "- {a: b}" }' \
    >www/indicators.yaml
bad_index "$none"
head -c 4096 /dev/zero >www/indicators.yaml
bad_index "$none"
echo 'size 5000000' >www/indicators.yaml.how
bad_index 'it is larger than any such file'
rm www/indicators.yaml.how www/indicators.yaml
bad_index 'the server answered 404'

# A copy of the index that went bad here is fetched anew the next time.
index two.json >www/indicators.yaml
update 0
echo gone >sets/index.yaml
"$OSTRAKON" indicators update --url "$base/indicators.yaml" --ca ca.pem \
    --folder sets >said 2>errors && fail 'took a bad index'
update 0
says '1 sets: 0 new, 1 unchanged'

# Nobody is trusted who was not named, and nothing but HTTPS.
refused() {
	"$OSTRAKON" indicators update --folder no "$@" >said 2>errors
	[ $? -eq 3 ] || fail "took $*"
	[ ! -s said ] || fail "says something of $*"
	[ -s errors ] || fail "does not complain of $*"
	[ ! -e no/index.yaml ] || fail "something came of $*"
}
refused --url "$base/indicators.yaml" --ca other.pem
refused --url "$base/indicators.yaml"
refused --url "$base/indicators.yaml" --ca nowhere.pem
refused --url "https://localhost:$(cat port)/indicators.yaml" --ca ca.pem
refused --url "http://127.0.0.1:$(cat port)/indicators.yaml"
refused --url "file://$PWD/www/indicators.yaml"
refused --url https://127.0.0.1:1/indicators.yaml --ca ca.pem
refused --url "$base/indicators.yaml" --ca ca.pem --folder /proc/no

# A run that was broken off: the next one does not trip over its part.
update 0
echo torn >sets/index.yaml.part
update 0
exit 0
