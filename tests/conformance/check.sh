#!/bin/sh
# SPDX-License-Identifier: MIT
# check.sh - the conformance suite, and that its tests notice when their functions are not there.
set -eu
"$BUILD/bin/conform" --brief --strict
# A sanitizer must be the first library of a program.
if ! ldd "$BUILD/bin/conform" | grep -qE 'lib(asan|tsan)' && ! grep -qaE '__(asan|tsan)_init' "$BUILD/bin/conform"; then
	case $BUILD in /*) lib=$BUILD ;; *) lib=$PWD/$BUILD ;; esac
	said=$(LD_PRELOAD=$lib/lib/tests/absent.so "$BUILD/bin/conform" --prove) || {
		printf '%s\n' "$said" | grep -v ' proved by '
		exit 1
	}
	printf '%s\n' "$said" | tail -n 1
fi
