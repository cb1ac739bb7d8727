#!/bin/sh
# SPDX-License-Identifier: MIT
# tidy.sh FLAGS... FILE.c - stands in for the compiler: what clang-tidy has no word against is compiled. Headers
# below /usr are the system's, also where pkg-config names a folder of them.
for arg; do
	shift
	case $arg in
	-I/usr/*) arg=-isystem${arg#-I} ;;
	esac
	set -- "$@" "$arg"
	file=$arg
done
clang-tidy --quiet "$file" -- "$@" && exec clang "$@"
