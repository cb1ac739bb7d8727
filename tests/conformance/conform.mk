# conform: the conformance suite. A file test_NOUN.c has a table of tests, CONFORMANCE(NOUN, rows); see conform.h.
#   make conform              all; rules with their tests and results, then the count
#   make conform ONLY=10.3    the tests of a rule, a section, a function or a file's noun; several words may be given
conform_TESTS := $(sort $(wildcard tests/conformance/test_*.c))
conform_SRCS := $(addprefix tests/conformance/,main.c run.c report.c prove.c world.c app.c expect.c inside.c inside_call.c) \
	$(conform_TESTS)
conform_NOUNS := $(patsubst tests/conformance/test_%.c,%,$(conform_TESTS))

# Made again when a file comes or goes.
$(GEN)/conform_tables.inc: FORCE
	@mkdir -p $(GEN)
	@printf 'NOUN(%s)\n' $(conform_NOUNS) >$@.new; \
	if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
GENERATED += $(GEN)/conform_tables.inc
FORCE:
.PHONY: FORCE

$(eval $(call program,conform,$(call obj,$(conform_SRCS)) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
conform: $(BUILD)/bin/conform $(ALL)
	$(Q)BUILD=$(BUILD) $(BUILD)/bin/conform $(ONLY)
check-conform: $(BUILD)/bin/conform $(ALL)
	$(Q)BUILD=$(BUILD) $(BUILD)/bin/conform --brief
check: check-conform
.PHONY: conform check-conform
