#!/bin/sh
# The binary has every hardening that the Makefile asks for.
set -u
faults=0

# expect WHAT WHERE PATTERN: readelf's output WHERE shows it.
expect() {
	readelf -W "$2" "$OSTRAKON" | grep -Eq -- "$3" && return
	echo "no $1"
	faults=$((faults + 1))
}

command -v readelf >/dev/null || { echo 'readelf is missing'; exit 77; }
if grep -q -e __asan_ -e __ubsan_ "$OSTRAKON"; then
	echo 'a sanitizer build is not hardened'
	exit 77
fi
expect 'position-independent code' -h 'Type: +DYN'
expect 'PIE flag' -d 'FLAGS_1.* PIE'
expect 'read-only relocations' -l 'GNU_RELRO'
expect 'binding at start' -d 'BIND_NOW|FLAGS.* NOW'
expect 'stack without execution' -l 'GNU_STACK.* RW +0x'
expect 'stack protector' --dyn-syms '__stack_chk_fail'
expect 'fortified calls' --dyn-syms '__[a-z]+_chk(@| |$)'
# The C library's start files decide whether the binary as a whole is marked;
# Debian 12's are not.  All of our own code is.
library=$(dirname "$OSTRAKON")/libostrakon.a
if [ "$(uname -m)" = x86_64 ] && [ -f "$library" ]; then
	objects=$(ar t "$library" | wc -l)
	marked=$(readelf -W -n "$library" 2>/dev/null |
	    grep -c 'x86 feature: IBT, SHSTK')
	if [ "$marked" -ne "$objects" ]; then
		echo "branch tracking and shadow stack: $marked of $objects"
		faults=$((faults + 1))
	fi
fi
if readelf -W -l "$OSTRAKON" | grep -E '^ +LOAD' | grep -q RWE; then
	echo 'a segment is writable and executable'
	faults=$((faults + 1))
fi
if readelf -W -d "$OSTRAKON" | grep -Eq 'RPATH|RUNPATH|TEXTREL'; then
	echo 'a search path or text relocations'
	faults=$((faults + 1))
fi
[ "$faults" -eq 0 ]
