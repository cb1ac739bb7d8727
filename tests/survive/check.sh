#!/bin/sh
# SPDX-License-Identifier: MIT
# check.sh - make survive in its short form. Quiet when all is well.
set -eu
said=$("$BUILD/bin/survive" --brief ${SEED:+--seed "$SEED"} --kills 3 --calls 30) || {
	printf '%s\n' "$said"
	exit 1
}
printf '%s\n' "$said" | sed -n 's/^[^ ]/  survive: &/p'
