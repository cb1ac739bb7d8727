# coverage: who answers each function, and which test proves it.
#   make coverage-table    writes man/tapi-coverage.7 from the sources and the tests, and prints its rows; make
#                          check compares
#   make coverage-prove    each function in turn is absent, and its tests must fail; ONLY=lineHold some of them
coverage-table:
	$(Q)tests/coverage/coverage.sh --write
CHECK_SCRIPTS += tests/coverage/coverage.sh

$(GEN)/coverage/absent.inc: tests/coverage/absent.awk $(wildcard include/tapi_*.h)
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f $< $(filter %.h,$^) >$@
$(BUILD)/obj/tests/coverage/absent.o: $(GEN)/coverage/absent.inc
CFLAGS_absent := -D_GNU_SOURCE
$(eval $(call shared,tests/absent.so,$(call obj,tests/coverage/absent.c),-ldl))
coverage-prove: $(BUILD)/bin/conform $(BUILD)/lib/tests/absent.so $(ALL)
	$(Q)BUILD=$(BUILD) LD_PRELOAD=$(abspath $(BUILD))/lib/tests/absent.so $(BUILD)/bin/conform --prove $(ONLY)
.PHONY: coverage-table coverage-prove
