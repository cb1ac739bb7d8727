# conform: the conformance suite. A file test_NOUN.c has a table of tests, CONFORMANCE(NOUN, rows); see conform.h.
#   make conform              all; rules with their tests and results, then the count
#   make check-conform        its short form, part of check: what fails, and that the tests notice absent functions
#   make conform ONLY=10.3    the tests of a rule, a section, a function or a file's noun; several words may be given
conform_TESTS := $(sort $(wildcard tests/conformance/test_*.c))
conform_SRCS := $(sort $(wildcard tests/conformance/*.c))
conform_NOUNS := $(patsubst tests/conformance/test_%.c,%,$(conform_TESTS))

# Made again when a file comes or goes.
$(GEN)/conform_tables.inc: FORCE
	@mkdir -p $(GEN)
	@printf 'NOUN(%s)\n' $(conform_NOUNS) >$@.new; \
	if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
GENERATED += $(GEN)/conform_tables.inc

$(GEN)/conform_functions.inc: tests/conformance/functions.awk $(wildcard include/tapi_*.h)
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f $< $(filter %.h,$^) >$@
GENERATED += $(GEN)/conform_functions.inc
FORCE:
.PHONY: FORCE

$(eval $(call program,conform,$(call obj,$(conform_SRCS)) $(wire_A) $(base_A) $(BUILD)/lib/libtapi.so,$$(wire_LIBS) $(libtapi_RPATH)))
# A provider that does what its application orders.
$(eval $(call shared,tests/puppet.so,$(call obj,tests/conformance/puppet.c)))
$(BUILD)/bin/conform: | $(BUILD)/lib/tests/puppet.so $(BUILD)/lib/tests/lines.so
conform: $(BUILD)/bin/conform $(ALL)
	$(Q)BUILD=$(BUILD) $(BUILD)/bin/conform $(ONLY)
check-conform: $(BUILD)/bin/conform $(BUILD)/lib/tests/absent.so $(ALL)
	$(Q)BUILD=$(BUILD) tests/conformance/check.sh
CHECK_SCRIPTS += tests/conformance/check.sh
check-built: $(BUILD)/bin/conform $(BUILD)/lib/tests/absent.so
.PHONY: conform check-conform
