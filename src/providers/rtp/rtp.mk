# rtp: the MSP of every provider whose sound is RTP. It finds libtapimedia.so one folder above.
rtp_CLSID := 37b33b44-0871-4d1f-8731-be144b281801
rtp_SRCS := src/providers/rtp/msp.c src/providers/rtp/address.c src/providers/rtp/call.c \
	src/providers/rtp/stream.c src/providers/rtp/terminal.c src/providers/rtp/audio.c \
	src/providers/rtp/interface.c \
	src/providers/rtp/dialog.c src/providers/rtp/dialog_sound.c src/providers/rtp/dialog_listen.c \
	src/providers/rtp/listen.c src/providers/rtp/agree.c src/providers/rtp/choice.c \
	src/providers/rtp/settings.c src/providers/rtp/format.c src/providers/rtp/figures.c src/providers/rtp/keys.c
# Without state, so each side has its own: the message and SDP readers.
rtp_SHARED := $(rtpmsg_SRCS) src/media/sdp.c src/media/sdp_ask.c src/media/crypto.c src/media/address.c src/media/udp.c

rtp_SO := $(BUILD)/lib/tapi/msp/$(rtp_CLSID).so
rtp_LINK := -Wl,-soname,$(rtp_CLSID).so -Wl,-rpath,'$$$$ORIGIN/..'
$(eval $(call shared,tapi/msp/$(rtp_CLSID).so,\
	$(call obj,$(rtp_SRCS) $(rtp_SHARED)) $(base_A) $(media_SO),\
	$(rtp_LINK)))
ALL += $(rtp_SO)
