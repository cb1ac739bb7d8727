# bench: our own floors and what is compared with them. `make bench-quick` runs it; README.md has the figures.
CFLAGS_place += -D_GNU_SOURCE
bench_LIB := $(call obj,bench/slice.c bench/place.c)
bench_FLOOR := $(call obj,bench/floor_rpc.c bench/floor_frames.c bench/floor_server.c)
$(eval $(call program,bench-floor-rpc,$(bench_FLOOR) $(bench_LIB) $$(wire_A) $$(base_A),\
	$$(wire_LIBS) $(call pkg_libs,libevent_core)))
$(eval $(call program,bench-relay,$(call obj,bench/relay.c) $$(wire_A) $$(base_A),$$(wire_LIBS)))
$(eval $(call program,bench-rpc,$(call obj,bench/rpc.c) $(bench_LIB) $$(base_A) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
$(eval $(call program,bench-call,$(call obj,bench/call.c) $(bench_LIB) $$(base_A) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
BENCH_PROGRAMS := $(addprefix $(BUILD)/bin/,bench-floor-rpc bench-relay bench-rpc bench-call)

# Not in ALL, but check keeps them compiling.
check: $(BENCH_PROGRAMS)
bench-quick: $(ALL) $(BENCH_PROGRAMS)
	$(Q)BUILD=$(BUILD) sh bench/quick.sh
.PHONY: bench-quick
