# The media core and the rtp MSP, linked statically, on the virtual clock.
mediatest_A := $(media_A) $(base_A)
mediatest_OBJ = $(call obj,tests/media/$(1).c)
mediatest_MSP := $(call obj,tests/media/pair.c tests/media/peer.c $(rtp_SRCS))
mediatest_PLAIN := test_codec test_coders test_crypto test_halfband test_jitter test_event test_rtp \
	test_rtpmsg test_sdp test_tap test_wav
mediatest_WITH_MSP := test_address test_agree test_ask test_call test_choice test_control test_digits test_figures test_format test_file \
	test_hold test_listen test_mix test_peer test_play test_receive test_secure test_secure_peer test_sound test_threads
mediatest_SPEECH := $(call obj,tests/media/speech.c)

$(foreach t,$(mediatest_PLAIN),\
	$(eval $(call test,$(t),$(call mediatest_OBJ,$(t)) $(mediatest_SPEECH) $(mediatest_A),\
		$(media_LIBS))))
$(foreach t,$(mediatest_WITH_MSP),\
	$(eval $(call test,$(t),$(call mediatest_OBJ,$(t)) $(mediatest_MSP) $(mediatest_SPEECH) \
		$(mediatest_A),$(media_LIBS))))
$(eval $(call test,test_audio,$(call obj,tests/media/test_audio.c tests/media/fake_pcm.c) \
	$(mediatest_A),$(media_LIBS)))
$(eval $(call test_oom,test_device,$(call obj,tests/media/test_device.c tests/media/fake_pcm.c) \
	$(mediatest_MSP) $(mediatest_A),$(media_LIBS)))
CFLAGS_test_device := -Itests
$(eval $(call test,test_pcm,$(call obj,tests/media/test_pcm.c) $(mediatest_A),$(media_LIBS)))
CFLAGS_test_audio := -Itests
CFLAGS_test_pcm := -Itests
$(foreach t,$(mediatest_PLAIN) $(mediatest_WITH_MSP),$(eval CFLAGS_$(t) := -Itests))
OOM_PROGRAMS += $(BUILD)/bin/test_call $(BUILD)/bin/test_mix $(BUILD)/bin/test_secure $(BUILD)/bin/test_sound
CFLAGS_test_tap += $(call pkg_cflags,$(PKGS_media))
CFLAGS_test_listen += $(call pkg_cflags,$(PKGS_media))
CFLAGS_test_digits += $(call pkg_cflags,$(PKGS_media))
