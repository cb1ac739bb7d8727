# The public headers against the tables of facts: make check-facts.
facts_HDRS := $(filter-out include/tapi_sip.h,$(wildcard include/tapi.h include/tapi_*.h include/tspi*.h \
	include/tapi3const*.h))
facts_ROWS := $(BUILD)/gen/facts/extras.inc
facts_OBJ  := $(call obj,tests/facts/test_facts.c)

# rows.sh makes all rows at once; the last file that it writes stands for them.
$(facts_ROWS): $(facts_HDRS) $(wildcard tests/facts/*.tsv tests/facts/*.awk) tests/facts/rows.sh
	$(call say,GEN,$(@D))
	$(Q)tests/facts/rows.sh $(@D) $(facts_HDRS)
$(facts_OBJ): $(facts_ROWS)

$(eval $(call test,test_facts,$(facts_OBJ),))

CHECK_SCRIPTS += tests/facts/altered.sh

check-facts: $(BUILD)/bin/test_facts
	$(Q)$<

# The test of the test: it must fail on each of many altered headers.
check-facts-altered: check-facts
	$(Q)CC='$(CC)' BUILD=$(BUILD) V=1 tests/facts/altered.sh
.PHONY: check-facts check-facts-altered
