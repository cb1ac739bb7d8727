# bench: our own floors and peers, and what is compared with them; README.md has the figures.
#   make bench-instructions   instructions per request, by callgrind, 8 s: the gate of make ci
#   make bench-rpc     requests and calls inside
#   make bench-load    requests per second with many clients
#   make bench-events  an event to many listeners
#   make bench-size    memory and start-up
#   make bench-growth  what requests and events cost beside many idle lines, sessions, calls; SHORT=1: up to a thousand
#   make bench-sip     SIP calls against sipp and baresip, 15 minutes; SHORT=1: a quick look
#   make bench-media   streams of G.711 against a bare loop, 2 minutes
#   make bench-legs    the CPU time of calls with sound, against baresip's; a minute
#   make bench         all of them, then one table; ROUNDS=7
#   make bench-table  the goals of what was run last, as a table for the README
#   make bench-quick   without SIP, media and legs, three rounds, three minutes
CFLAGS_place += -D_GNU_SOURCE
bench_LIB := $(call obj,bench/slice.c bench/place.c)
bench_FLOOR := $(call obj,bench/floor_rpc.c bench/floor_frames.c bench/floor_server.c)
$(eval $(call program,bench-floor-rpc,$(bench_FLOOR) $(bench_LIB) $$(wire_A) $$(base_A),\
	$$(wire_LIBS) $(call pkg_libs,libevent_core)))
$(eval $(call program,bench-relay,$(call obj,bench/relay.c) $$(wire_A) $$(base_A),$$(wire_LIBS)))
$(eval $(call program,bench-rpc,$(call obj,bench/rpc.c) $(bench_LIB) $$(base_A) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
$(eval $(call program,bench-call,$(call obj,bench/call.c) $(bench_LIB) $$(base_A) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
$(eval $(call program,bench-answer-all,$(call obj,bench/answer_all.c) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
bench_WIRE := $(call obj,bench/wire.c bench/place.c)
$(eval $(call program,bench-load,$(call obj,bench/load.c) $(bench_WIRE) $$(wire_A) $$(base_A),\
	$$(wire_LIBS) $(call pkg_libs,libevent_core)))
bench_LISTENERS := $(call obj,bench/listeners.c)
$(eval $(call program,bench-floor-fanout,$(call obj,bench/floor_fanout.c bench/place.c) $(bench_LISTENERS) \
	$$(wire_A) $$(base_A),$$(wire_LIBS) $(call pkg_libs,libevent_core)))
$(eval $(call program,bench-events,$(call obj,bench/events.c) $(bench_LISTENERS) $(bench_WIRE) \
	$$(wire_A) $$(base_A),$$(wire_LIBS) $(call pkg_libs,libevent_core)))
$(eval $(call program,bench-start,$(call obj,bench/start.c) $(bench_LIB) $$(base_A),))
$(eval $(call program,bench-work,$(call obj,bench/work.c) $(bench_WIRE) $$(wire_A) $$(base_A),$$(wire_LIBS)))
$(eval $(call program,bench-hold,$(call obj,bench/hold.c) $(bench_WIRE) $$(wire_A) $$(base_A),$$(wire_LIBS)))
$(eval $(call program,bench-floor-daemon,$(call obj,bench/floor_daemon.c) $$(base_A),\
	$(call pkg_libs,libevent_core) -ldl))
bench_PLUGINS := $(foreach n,1 2 3 4 5,bench/plugin$n.so)
$(foreach p,$(bench_PLUGINS),$(eval $(call shared,$p,$(call obj,bench/floor_plugin.c))))
$(eval $(call shared,bench/many.so,$(call obj,bench/tsp_many.c src/providers/kit/varpart.c)))
CFLAGS_generator += -D_GNU_SOURCE
CFLAGS_floor_rtp += $(call pkg_cflags,spandsp)
bench_STREAMS := $(call obj,bench/generator.c bench/place.c)
$(eval $(call program,bench-floor-rtp,$(call obj,bench/floor_rtp.c bench/floor_mix.c) $(bench_STREAMS) \
	$$(media_A) $$(base_A),$$(media_LIBS)))
$(eval $(call program,bench-mix,$(call obj,bench/mix.c bench/floor_mix.c bench/place.c) $$(media_A) $$(base_A),$$(media_LIBS)))
$(eval $(call program,bench-media,$(call obj,bench/media.c $(rtp_SRCS)) $(bench_STREAMS) \
	$$(media_A) $$(base_A),$$(media_LIBS)))
$(eval $(call program,bench-legs,$(call obj,bench/legs.c) $(bench_STREAMS) $$(media_A) $$(base_A),$$(media_LIBS)))
BENCH_PROGRAMS := $(addprefix $(BUILD)/bin/,bench-floor-rpc bench-relay bench-rpc bench-load bench-floor-fanout bench-events bench-start bench-hold bench-work bench-floor-daemon bench-call bench-answer-all \
	bench-floor-rtp bench-media bench-mix bench-legs) $(addprefix $(BUILD)/lib/,bench/many.so $(bench_PLUGINS))
# Peers are no dependency: what is not installed is skipped, and the output says so.
ifeq ($(shell pkg-config --exists libsystemd && echo yes),yes)
$(eval $(call program,bench-peer-dbus,$(call obj,bench/peer_dbus.c) $(bench_LIB) $$(base_A),$(call pkg_libs,libsystemd)))
$(eval $(call program,bench-peer-signals,$(call obj,bench/peer_signals.c bench/place.c) $(bench_LISTENERS) \
	$$(wire_A) $$(base_A),$$(wire_LIBS) $(call pkg_libs,libsystemd libevent_core)))
BENCH_PROGRAMS += $(BUILD)/bin/bench-peer-dbus $(BUILD)/bin/bench-peer-signals
endif

# Not in ALL, but check keeps them compiling.
check-built: $(BENCH_PROGRAMS)
BENCHES_QUICK := bench-instructions bench-rpc bench-load bench-events bench-size bench-growth
BENCHES := $(BENCHES_QUICK) bench-sip bench-media bench-legs
bench-size: $(BUILD)/bin/sip-port
$(BENCHES_QUICK): bench-%: $(ALL) $(BENCH_PROGRAMS)
	$(Q)BUILD=$(BUILD) sh bench/$*.sh
bench-sip: $(ALL) $(BENCH_PROGRAMS) $(BUILD)/bin/sip-port
	$(Q)BUILD=$(BUILD) sh bench/sip.sh $(if $(SHORT),short)
bench-media: $(BENCH_PROGRAMS)
	$(Q)BUILD=$(BUILD) sh bench/media.sh
bench-legs: $(ALL) $(BENCH_PROGRAMS) $(BUILD)/bin/sip-port
	$(Q)BUILD=$(BUILD) sh bench/legs.sh

# All are run, also when one misses a goal or says that the machine is too noisy; then their goals are one table.
bench: $(ALL) $(BENCH_PROGRAMS)
	$(Q)sh bench/all.sh $(BUILD) $(BENCHES)
bench-quick: $(ALL) $(BENCH_PROGRAMS)
	$(Q)ROUNDS=$${ROUNDS:-3} SHORT=1 sh bench/all.sh $(BUILD) $(BENCHES_QUICK)
bench-table:
	$(Q)sh bench/table.sh $(BUILD) $(BENCHES)
.PHONY: bench bench-quick bench-table $(BENCHES)
