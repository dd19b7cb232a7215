#!/bin/sh
# Prints a C file that holds the YAML files of a folder, for the binary:
#
#	data/embed.sh laws >laws.c
#
# The files of data/laws/ become the table embedded_laws, in the order of their
# names (src/election/embedded.h).
set -u
LC_ALL=C
export LC_ALL
here=$(dirname "$0")
name=$1

# A name comes before those that it begins: without what follows it, .yaml.
names() {
	for file in "$here/$name"/*.yaml; do
		[ ! -f "$file" ] || printf '%s\n' "$file"
	done | sed 's|.*/||; s|\.yaml$||' | sort
}

printf '/* Made from data/%s by data/embed.sh. */\n' "$name"
printf '#include "election/embedded.h"\n'
n=0
for file in $(names); do
	n=$((n + 1))
	printf '\nstatic const uint8_t text_%d[] = {\n' "$n"
	od -An -v -tu1 "$here/$name/$file.yaml" |
	    sed 's/[0-9][0-9]*/&,/g; s/ //g' || exit 1
	printf '0 };\n'
done
printf '\nconst struct embedded embedded_%s[] = {\n' "$name"
n=0
for file in $(names); do
	n=$((n + 1))
	printf '\t{ "%s", text_%d, sizeof(text_%d) - 1 },\n' "$file" "$n" "$n"
done
printf '\t{ NULL, NULL, 0 }\n};\n'
