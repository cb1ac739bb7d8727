# The media core and the rtp MSP, linked statically, on the virtual clock.
mediatest_A := $(media_A) $(base_A)
mediatest_OBJ = $(call obj,tests/media/$(1).c)
mediatest_MSP := $(call obj,tests/media/pair.c $(rtp_SRCS))
CFLAGS_test_call := -Itests

$(eval $(call test,test_call,$(call mediatest_OBJ,test_call) $(mediatest_MSP) $(mediatest_A),$(media_LIBS)))
