#!/bin/sh
# SPDX-License-Identifier: MIT
# replay.sh - every fuzzer on its seeds, once, without libFuzzer.
set -eu
for source in fuzz/fuzz_*.c; do
	name=$(basename "$source" .c)
	"$BUILD/bin/$name" "fuzz/seeds/$name"
done
