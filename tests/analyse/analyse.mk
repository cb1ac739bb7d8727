# analyse: programs that read the sources and know defects when they see them. None may find anything.
#   make analyse           all of them
#   make analyse-gcc       gcc -fanalyzer
#   make analyse-cppcheck  the whole of src/ at once; analyse-ci is these two, which take seconds
#   make analyse-tidy      clang-tidy: .clang-tidy says what for
#   make analyse-scan      scan-build
# They read what is installed and the examples; code that protoc-c has made is none of ours.
ANALYSED = $(shell git ls-files 'src/*.c' 'examples/*.c')
analyse_BUILD := build/analyse
analysed: $(call obj,$(ANALYSED))

analyse: analyse-ci analyse-tidy analyse-scan
analyse-ci: analyse-gcc analyse-cppcheck
analyse-gcc:
	$(Q)$(MAKE) --no-print-directory CC=gcc OPT=-O2 CFLAGS=-fanalyzer WERROR=1 BUILD=$(analyse_BUILD)/gcc analysed
# It asks for no system header, protobuf-c's neither.
analyse-cppcheck: $(GENERATED)
	$(Q)cppcheck -q -j2 --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
		--suppress='*:$(GEN)/*' -D_POSIX_C_SOURCE=200809L -Iinclude -Isrc -Iproto -I$(GEN) src examples
analyse-tidy:
	$(Q)$(MAKE) --no-print-directory CC=tests/analyse/tidy.sh BUILD=$(analyse_BUILD)/tidy analysed
# What it has said is not said of an object that is there already.
analyse-scan:
	$(Q)rm -rf $(analyse_BUILD)/scan/obj/src $(analyse_BUILD)/scan/obj/examples
	$(Q)scan-build --status-bugs --use-cc=clang -o $(analyse_BUILD)/scan/report \
		$(MAKE) --no-print-directory BUILD=$(analyse_BUILD)/scan analysed
.PHONY: analyse analyse-ci analyse-gcc analyse-cppcheck analyse-tidy analyse-scan analysed

# make coverage: how much of src/ the units, the rules of conform, the whole system and the seeds of the fuzzers run: lines
# and branches per room, COVERAGE_GOAL; files where a mistake is worst have COVERAGE_HIGH. Not reached: exit 1.
# COVERED=1 counts what the last run has left, without running anything.
COVERAGE_GOAL ?= 85 70
COVERAGE_HIGH ?= 95 85
coverage_BUILD := build/coverage
coverage_DECODERS = $(sort $(foreach f,$(patsubst fuzz/%.c,%,$(wildcard fuzz/fuzz_*.c)),$($(f)_covers)))
coverage_DISPATCH := src/tapisrvd/dispatch.c src/wire/calls.c src/tsphost/request.c src/libtapi/dispatch.c
coverage_ACCESS := $(addprefix src/tapisrvd/,access.c access_rule.c access_request.c call_privilege.c peer.c)
coverage_MAKE = $(MAKE) --no-print-directory CC=gcc OPT='-O0 -g' LDFLAGS=--coverage BUILD=$(coverage_BUILD) \
	CFLAGS='--coverage -fprofile-update=atomic -U_FORTIFY_SOURCE'
# One after the other; a system test that builds by itself would build without counters.
coverage_RUNS := check-units check-oom check-fuzz check-conform check-conform-kit check-survive
coverage_SYSTEM := $(filter-out lib run audio install,$(patsubst tests/system/%.sh,%,$(wildcard tests/system/*.sh)))
coverage:
	$(Q)[ -n "$(COVERED)" ] || { find $(coverage_BUILD) -name '*.gcda' -exec rm {} + 2>/dev/null; \
		for t in $(coverage_RUNS) 'check-system ONLY="$(coverage_SYSTEM)"' check-sip; do \
			eval "$(coverage_MAKE) $$t" || exit 1; done; }
	$(Q)tests/analyse/coverage.sh $(coverage_BUILD) '$(COVERAGE_GOAL)' '$(COVERAGE_HIGH)' \
		$(coverage_DECODERS) $(coverage_DISPATCH) $(coverage_ACCESS)
.PHONY: coverage
