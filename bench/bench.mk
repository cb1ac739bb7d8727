# bench: our own floors and what is compared with them; README.md has the figures.
#   make bench-quick   requests and calls inside, 30 s
#   make bench-instructions   instructions per request, by callgrind, 15 s: the gate of make ci
#   make bench-sip     SIP calls against sipp and baresip, 15 minutes; SHORT=1: a quick look
#   make bench-media   streams of G.711 against a bare loop, 2 minutes
#   make bench         all of them
CFLAGS_place += -D_GNU_SOURCE
bench_LIB := $(call obj,bench/slice.c bench/place.c)
bench_FLOOR := $(call obj,bench/floor_rpc.c bench/floor_frames.c bench/floor_server.c)
$(eval $(call program,bench-floor-rpc,$(bench_FLOOR) $(bench_LIB) $$(wire_A) $$(base_A),\
	$$(wire_LIBS) $(call pkg_libs,libevent_core)))
$(eval $(call program,bench-relay,$(call obj,bench/relay.c) $$(wire_A) $$(base_A),$$(wire_LIBS)))
$(eval $(call program,bench-rpc,$(call obj,bench/rpc.c) $(bench_LIB) $$(base_A) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
$(eval $(call program,bench-call,$(call obj,bench/call.c) $(bench_LIB) $$(base_A) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
$(eval $(call program,bench-answer-all,$(call obj,bench/answer_all.c) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
CFLAGS_generator += -D_GNU_SOURCE
CFLAGS_floor_rtp += $(call pkg_cflags,spandsp)
bench_STREAMS := $(call obj,bench/generator.c bench/place.c)
$(eval $(call program,bench-floor-rtp,$(call obj,bench/floor_rtp.c) $(bench_STREAMS) \
	$$(media_A) $$(base_A),$$(media_LIBS)))
$(eval $(call program,bench-media,$(call obj,bench/media.c $(rtp_SRCS)) $(bench_STREAMS) \
	$$(media_A) $$(base_A),$$(media_LIBS)))
BENCH_PROGRAMS := $(addprefix $(BUILD)/bin/,bench-floor-rpc bench-relay bench-rpc bench-call bench-answer-all \
	bench-floor-rtp bench-media)

# Not in ALL, but check keeps them compiling.
check: $(BENCH_PROGRAMS)
BENCHES := bench-instructions bench-quick bench-sip bench-media
bench-quick: $(ALL) $(BENCH_PROGRAMS)
	$(Q)BUILD=$(BUILD) sh bench/quick.sh
bench-instructions: $(ALL) $(BENCH_PROGRAMS)
	$(Q)BUILD=$(BUILD) sh bench/instructions.sh
bench-sip: $(ALL) $(BENCH_PROGRAMS) $(BUILD)/bin/sip-port
	$(Q)BUILD=$(BUILD) sh bench/sip.sh $(if $(SHORT),short)

bench-media: $(BENCH_PROGRAMS)
	$(Q)BUILD=$(BUILD) sh bench/media.sh

# All are run, also when one fails or says that the machine is too noisy.
bench: $(ALL) $(BENCH_PROGRAMS)
	$(Q)worst=0; for b in $(BENCHES); do $(MAKE) --no-print-directory $$b || worst=1; done; exit $$worst
.PHONY: bench $(BENCHES)
