# media: sound for MSPs. One private shared object, libtapimedia.so, so that all MSPs of a process
# share one clock; the archive is for tests.
media_SRCS := src/media/codec.c src/media/codec_g711.c src/media/codec_g722.c \
	src/media/codec_g726.c src/media/codec_opus.c src/media/coder.c \
	src/media/halfband.c src/media/plc.c src/media/ring.c src/media/jitter.c src/media/jitter_play.c \
	src/media/rtp.c src/media/rtcp.c src/media/event.c src/media/sdp.c src/media/sdp_ask.c src/media/address.c src/media/udp.c \
	src/media/mailbox.c src/media/engine.c src/media/wav.c src/media/tone.c src/media/sound.c \
	src/media/resample.c src/media/terminal.c src/media/term_tone.c \
	src/media/term_audio.c src/media/audio_device.c src/media/drift.c \
	src/media/feed.c src/media/pcm_alsa.c src/media/pcm_error.c src/media/pcm_names.c \
	src/media/term_player.c src/media/term_recorder.c src/media/term_stream.c \
	src/media/session.c src/media/session_tick.c src/media/session_render.c src/media/session_hear.c src/media/pulse.c \
	src/media/session_receive.c \
	src/media/session_net.c src/media/session_rtcp.c src/media/crypto.c src/media/secure.c \
	src/media/mix.c src/media/tap.c src/media/tap_digits.c src/media/tap_pulse.c \
	src/media/tap_tones.c src/media/tap_media.c
# What a TSP that speaks to the rtp MSP compiles in.
rtpmsg_SRCS := src/media/rtpmsg.c

media_LIBS := $(call pkg_libs,$(PKGS_media)) -lm
media_LINK := -Wl,-soname,libtapimedia.so $(media_LIBS)
CFLAGS_resample := $(call pkg_cflags,$(PKGS_media))
# Its sums are of 32 products each time.
CFLAGS_halfband := -funroll-loops
CFLAGS_secure := $(CFLAGS_resample)
CFLAGS_pcm_alsa := $(CFLAGS_resample)
CFLAGS_pcm_error := $(CFLAGS_resample)
CFLAGS_codec_g722 := $(CFLAGS_resample)
CFLAGS_codec_g726 := $(CFLAGS_resample)
CFLAGS_tap_digits := $(CFLAGS_resample)
CFLAGS_tap_media := $(CFLAGS_resample)
CFLAGS_codec_opus := $(CFLAGS_resample)
CFLAGS_pcm_names := $(CFLAGS_resample)

media_A := $(BUILD)/lib/libtapimedia.a
media_SO := $(BUILD)/lib/tapi/libtapimedia.so
$(eval $(call archive,libtapimedia.a,$(call obj,$(media_SRCS) $(rtpmsg_SRCS))))
$(eval $(call shared,tapi/libtapimedia.so,$(call obj,$(media_SRCS)) $(base_A),\
	$(media_LINK)))
ALL += $(media_SO)
