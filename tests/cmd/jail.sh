#!/bin/sh
# The jail denies all that it should, in this very binary, and whatever Landlock
# the kernel has.
set -u
faults=0

if grep -q -e __asan_ -e __ubsan_ "$OSTRAKON"; then
	if "$OSTRAKON" jail-test >"$TEST_TMP/out"; then
		echo 'a sanitizer build claims a jail'
		exit 1
	fi
	grep -q '^jail: none: sanitizer build$' "$TEST_TMP/out" || exit 1
	exit 0
fi
for abi in '' 0 2 5; do
	if ! OSTRAKON_JAIL_ABI=$abi "$OSTRAKON" jail-test >"$TEST_TMP/out"; then
		echo "OSTRAKON_JAIL_ABI='$abi': not all is denied"
		grep NOT "$TEST_TMP/out"
		faults=$((faults + 1))
	fi
	for call in open socket execve fork kill ptrace 'mmap executable'; do
		grep -q "^$call: stopped by the jail (SIGSYS)\$" \
		    "$TEST_TMP/out" && continue
		echo "OSTRAKON_JAIL_ABI='$abi': nothing about $call"
		faults=$((faults + 1))
	done
	[ "${abi:-9}" -ge 6 ] || grep -q '^jail: partial$' "$TEST_TMP/out" || {
		echo "OSTRAKON_JAIL_ABI='$abi': not partial"
		faults=$((faults + 1))
	}
done
[ "$faults" -eq 0 ]
