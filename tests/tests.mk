# The tests. A room adds tests/<room>/<room>.mk with lines such as
#   $(eval $(call test,test_frame,$(call obj,tests/wire/test_frame.c) $$(wire_A) $$(base_A),$(wire_LIBS)))
# make check      every program of CHECK_PROGRAMS (Check) and every script of CHECK_SCRIPTS, stop at the first
#                 failure. A program that runs no test at all fails, and so does a file of the source tree
#                 that is newer than the beginning of the tests: they write below $(BUILD) and $TMPDIR.
# make check-units  the programs alone.
# make check-oom  the test cases named "oom" of OOM_PROGRAMS: each allocation fails in turn (tests/oom.h); and
#                 some of all system calls (tests/syscalls/), N=all: each.
check_LIBS = $(call pkg_libs,check)
CHECK_PROGRAMS :=
CHECK_SCRIPTS :=
OOM_PROGRAMS :=

# test: NAME, OBJECTS AND ARCHIVES, LIBS besides Check. test_oom: the same, and it has a case named "oom".
define test
$(call program,$(1),$(2),$(3) $$(check_LIBS))
CHECK_PROGRAMS += $$(BUILD)/bin/$(1)
endef
define test_oom
$(call test,$(1),$(2),$(3))
OOM_PROGRAMS += $$(BUILD)/bin/$(1)
endef

include $(wildcard tests/*/*.mk) bench/bench.mk fuzz/fuzz.mk

check-units: $(CHECK_PROGRAMS) $(ALL)
	$(Q)BUILD=$(BUILD) tests/run.sh $(CHECK_PROGRAMS)

SOURCE_ROOMS := bench etc examples fuzz include man proto src tests
# Most of a script's time is waiting, so make -j runs several at a time (and -O keeps what they say apart).
check: $(CHECK_SCRIPTS:%=check-by-%)
	$(Q)! find $(SOURCE_ROOMS) -type f -newer $(BUILD)/check-began | sed 's|^|written while the tests ran: |' | grep . >&2
check-began:
	@mkdir -p $(BUILD) && touch $(BUILD)/check-began
check-built check-units: | check-began
$(CHECK_SCRIPTS:%=check-by-%): check-by-%: check-built check-units
	$(Q)BUILD=$(BUILD) $*
check-built: $(ALL)

check-oom: $(OOM_PROGRAMS)
	$(Q)BUILD=$(BUILD) CK_RUN_CASE=oom tests/run.sh $(OOM_PROGRAMS)
check-oom: check-syscalls
