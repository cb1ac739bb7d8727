#!/bin/sh
# SPDX-License-Identifier: MIT
# check.sh - make survive in its short form. Quiet when all is well. The same seed each time: a change that breaks nothing
# is not refused by chance; chance is for make survive.
set -eu
said=$("$BUILD/bin/survive" --brief --seed "${SEED:-1}" --kills 3 --calls 30) || {
	printf '%s\n' "$said"
	exit 1
}
printf '%s\n' "$said" | sed -n 's/^[^ ]/  survive: &/p'
