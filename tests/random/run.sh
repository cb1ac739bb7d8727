#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh - the random workload in make check: one seed twice says the same twice, then 100,000 operations of
# another. SEED=n for another one.
set -eu
BUILD=${BUILD:-build/default}
export BUILD
seed=${SEED:-1}
once=$("$BUILD/bin/random-workload" --seed "$seed" --ops 3000)
again=$("$BUILD/bin/random-workload" --seed "$seed" --ops 3000)
if [ "$once" != "$again" ]; then
	printf '%s\n%s\ncheck-random: the same seed, but not the same messages\n' "$once" "$again" >&2
	exit 1
fi
exec "$BUILD/bin/random-workload" --seed "$((seed + 1))" --ops 100000
