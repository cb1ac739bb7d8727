# The media core and the rtp MSP, linked statically, on the virtual clock.
mediatest_A := $(media_A) $(base_A)
mediatest_OBJ = $(call obj,tests/media/$(1).c)
mediatest_MSP := $(call obj,tests/media/pair.c $(rtp_SRCS))

$(eval $(call test,test_call,$(call mediatest_OBJ,test_call) $(mediatest_MSP) $(mediatest_A),$(media_LIBS)))
$(eval $(call test,test_codec,$(call mediatest_OBJ,test_codec) $(mediatest_A),$(media_LIBS)))
$(eval $(call test,test_jitter,$(call mediatest_OBJ,test_jitter) $(mediatest_A),$(media_LIBS)))

$(foreach t,test_call test_codec test_jitter,$(eval CFLAGS_$(t) := -Itests))
