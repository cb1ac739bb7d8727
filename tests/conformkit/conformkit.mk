# The provider conformance kit: our providers conform, each bad one is found for its own reason (run.sh has the rows).
conformkit_BAD := MISSING VERSION STATE EXITS LEAK TWICE EARLY KEEPS PROMPT NEVER IDLE STATES CLOSE LATE CLAIM UNAVAIL \
	HIDDEN ZERO CRASH OTHERS OVERRUN HANG PERMANENT
conformkit_SOS := $(foreach b,$(conformkit_BAD),$(BUILD)/lib/conformkit/$(b).so)
# template.c ignores what it does not need; a bad one has no prototype for what it renames.
$(BUILD)/lib/conformkit/%.so: tests/conformkit/bad.c src/providers/template/tsp.c
	@umask 022; mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)umask 022; $(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -Wno-missing-prototypes -DBAD_$* $(LDFLAGS_ALL) -shared -o $@ $<

CHECK_SCRIPTS += tests/conformkit/run.sh
check-built: $(conformkit_SOS)
check-conform-kit: $(ALL) $(conformkit_SOS)
	$(Q)BUILD=$(BUILD) tests/conformkit/run.sh
.PHONY: check-conform-kit
