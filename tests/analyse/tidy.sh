#!/bin/sh
# SPDX-License-Identifier: MIT
# tidy.sh FLAGS... FILE.c - stands in for the compiler: what clang-tidy has no word against is compiled.
for file; do :; done
clang-tidy --quiet "$file" -- "$@" && exec clang "$@"
