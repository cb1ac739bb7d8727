# demo: the tools of `./bootstrap demo`: the ladder and the proof. Not installed.
proof_SRCS := src/demo/proof.c src/demo/correlate.c src/demo/wav.c
$(eval $(call program,tapi-proof,$$(call obj,$$(proof_SRCS)) $$(base_A),-lm))
ALL += $(BUILD)/bin/tapi-proof
$(eval $(call program,tapi-ladder,$$(call obj,src/demo/ladder.c) $$(base_A),))
ALL += $(BUILD)/bin/tapi-ladder

demo: $(BUILD)/bin/tapi-proof $(BUILD)/bin/tapi-ladder
	@BUILD=$(BUILD) sh src/demo/demo.sh
.PHONY: demo
