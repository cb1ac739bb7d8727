# demo: the tools of `./bootstrap demo`: the ladder and the proof. Not installed.
proof_SRCS := src/demo/proof.c src/demo/correlate.c src/demo/wav.c
$(eval $(call program,tapi-proof,$$(call obj,$$(proof_SRCS)) $$(base_A),-lm))
ALL += $(BUILD)/bin/tapi-proof
$(eval $(call program,tapi-ladder,$$(call obj,src/demo/ladder.c) $$(base_A),))
ALL += $(BUILD)/bin/tapi-ladder

demo: $(BUILD)/bin/tapi-proof $(BUILD)/bin/tapi-ladder
	@BUILD=$(BUILD) sh src/demo/demo.sh
# The same by SIP; its peers, and what it needs built, are in tests/sip/peers.mk.
demo-sip:
	@BUILD=$(BUILD) sh src/demo/demo-sip.sh
.PHONY: demo demo-sip

# The tools of this build by hand: `. $(BUILD)/env`, then `tapisrvd --config $TAPISRVD_CONFIG`; other
# configurations will do as well, since all paths are in the environment.
ABS_BUILD = $(abspath $(BUILD))
$(BUILD)/tapisrvd.conf: src/demo/demo.mk
	@mkdir -p $(BUILD)/run && chmod 700 $(BUILD)/run
	$(Q)printf '%s\n' '# made by make; the paths are in the environment, see env beside it' \
		'[provider exchange]' 'extensions = 101-104' > $@

ENV_OF_BUILD = TAPISRVD_SOCKET=$(ABS_BUILD)/run/socket TAPISRVD_CONFIG=$(ABS_BUILD)/tapisrvd.conf \
	TAPI_TSP_PATH=$(ABS_BUILD)/lib/tapi/tsp TAPI_TSPHOST=$(ABS_BUILD)/bin/tapi-tsphost \
	TAPI_MSP_PATH=$(ABS_BUILD)/lib/tapi/msp STATE_DIRECTORY=$(ABS_BUILD)/state TAPI_MEDIA_ADDRESS=127.0.0.1
$(BUILD)/env: src/demo/demo.mk
	@mkdir -p $(BUILD)
	$(Q)printf 'export "%s"\n' 'PATH=$(ABS_BUILD)/bin:$$PATH' $(ENV_OF_BUILD) > $@
ALL += $(BUILD)/tapisrvd.conf $(BUILD)/env
