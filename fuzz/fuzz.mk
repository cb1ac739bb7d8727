# make fuzz                     every fuzz/fuzz_*.c for FUZZ_SECONDS each (clang, libFuzzer, address and undefined)
# make fuzz FUZZ=fuzz_flat FUZZ_SECONDS=600   one of them, longer
#
# A fuzzer is linked with libwire and libbase. What else it needs stands in its source, on lines of their own:
#   // fuzz-links: $(call obj,tests/wire/sample.c) $(media_A)
#   // fuzz-libs: -lm
# Seeds, if any, lie in fuzz/seeds/<name>/; what it finds grows in build/fuzz/corpus/<name>/.
FUZZ_SECONDS ?= 20
FUZZ ?= $(patsubst fuzz/%.c,%,$(wildcard fuzz/fuzz_*.c))
FUZZ_BUILD ?= build/fuzz

fuzz:
	$(Q)$(MAKE) --no-print-directory CC=clang SAN=address,undefined,fuzzer-no-link \
		BUILD=$(FUZZ_BUILD) FUZZ='$(FUZZ)' FUZZ_SECONDS=$(FUZZ_SECONDS) fuzz-run

fuzz_word = $(shell sed -n 's,^// fuzz-$(2): ,,p' fuzz/$(1).c)
define fuzzer
$(call program,$(1),$(call obj,fuzz/$(1).c) $(call fuzz_word,$(1),links) $$(wire_A) $$(base_A),-fsanitize=fuzzer $(call fuzz_word,$(1),libs) $(wire_LIBS))
fuzz-run-$(1): $$(BUILD)/bin/$(1)
	$(Q)fuzz/run.sh $$< $$(BUILD)/corpus/$(1) $$(FUZZ_SECONDS)
fuzz-run: fuzz-run-$(1)
.PHONY: fuzz-run-$(1)
endef
$(foreach f,$(FUZZ),$(eval $(call fuzzer,$(f))))
.PHONY: fuzz fuzz-run
