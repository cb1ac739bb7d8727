# peers: the SIP provider against real peers (sipp, kamailio, baresip), bad SIP, and itself, on the loopback.
#   make check-sip                all; one line a scenario, the last line is "N passed, N failed"
#   make check-sip ONLY=transfer  scenarios whose name has this text
# `make check` runs the short form.
sip_HELPERS := $(addprefix $(BUILD)/bin/,sip-app sip-port sip-speech sip-send sip-ctl sys-late)
$(eval $(call program,sip-app,$(call obj,tests/sip/app.c tests/sip/app_message.c tests/sip/app_command.c) \
	$(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
$(eval $(call program,sip-port,$(call obj,tests/sip/port.c) $$(base_A),))
$(eval $(call program,sip-speech,$(call obj,tests/sip/speech.c src/demo/wav.c) $$(base_A),))

$(eval $(call program,sip-send,$(call obj,tests/sip/send.c tests/sip/send_text.c tests/sip/send_net.c) $$(base_A),))

$(eval $(call program,sip-ctl,$(call obj,tests/sip/ctl.c),))

# A sanitizer build is too slow for the clocks of its peers.
ifeq ($(SAN),)
CHECK_SCRIPTS += tests/sip/run.sh
check-built: $(sip_HELPERS)
endif

check-sip: $(ALL) $(sip_HELPERS)
	$(Q)BUILD=$(BUILD) sh tests/sip/run.sh --long $(ONLY)
demo-sip: $(ALL) $(sip_HELPERS)
.PHONY: check-sip
