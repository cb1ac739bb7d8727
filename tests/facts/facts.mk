# The public headers against the tables of facts: make check-facts.
facts_HDRS := $(wildcard include/tapi.h include/tapi_*.h include/tspi*.h include/tapi3const*.h)
facts_ROWS := $(BUILD)/gen/facts/extras.inc
facts_OBJ  := $(call obj,tests/facts/test_facts.c)

CFLAGS_test_facts := $(call pkg_cflags,$(PKGS_check))

# rows.sh makes all rows at once; the last file that it writes stands for them.
$(facts_ROWS): $(facts_HDRS) $(wildcard tests/facts/*.tsv tests/facts/*.awk) tests/facts/rows.sh
	$(call say,GEN,$(@D))
	$(Q)tests/facts/rows.sh $(@D) $(facts_HDRS)
$(facts_OBJ): $(facts_ROWS)

$(eval $(call program,test_facts,$(facts_OBJ),$(call pkg_libs,$(PKGS_check))))
CHECK_PROGRAMS += $(BUILD)/bin/test_facts

check-facts: $(BUILD)/bin/test_facts
	$(Q)$<

# The test of the test: it must fail on each of many altered headers.
check-facts-altered: check-facts
	$(Q)CC='$(CC)' tests/facts/altered.sh $(BUILD)/facts-altered $(facts_HDRS)
.PHONY: check-facts check-facts-altered
