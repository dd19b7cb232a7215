#!/bin/sh
# make lint finds each kind of fault that it is there for.
for tool in clang-tidy mandoc shellcheck; do
	command -v "$tool" >/dev/null || { echo "$tool is missing"; exit 77; }
done
exec tests/lint --self-test
