# survive: what the daemon has to outlive, figures against goals (survive.h).
#   make survive               all, in full: 20 kills with 200 calls
#   make survive ONLY=core     one scenario; SEED=n repeats one run, KILLS=n and CALLS=n do more or less
#   make survive ONLY=hostile MUTANTS=1000   so many of each kind of request, not 10,000
#   make check-survive         the short form, part of check: what is right or wrong, no times
survive_SRCS := $(sort $(filter-out %/tsp_rogue.c %/false_host.c,$(wildcard tests/survive/*.c)))
survive_FRAME := $(addprefix tests/conformance/,app.c expect.c inside.c inside_call.c run.c talk.c world.c)
survive_ARGS = $(if $(SEED),--seed $(SEED)) $(if $(KILLS),--kills $(KILLS)) $(if $(CALLS),--calls $(CALLS)) $(if $(MUTANTS),--mutants $(MUTANTS)) $(ONLY)
$(eval $(call program,survive,$(call obj,$(survive_SRCS) $(survive_FRAME) bench/wire.c $(addprefix tests/hostile/,functions.c mutant.c)) $(wire_A) $(base_A) $(BUILD)/lib/libtapi.so,$$(wire_LIBS) $(libtapi_RPATH)))
# The same clock for the daemon and its hosts, which are other programs.
$(eval $(call shared,tests/wall.so,$(call obj,tests/survive/wall.c)))
$(BUILD)/bin/survive: | $(BUILD)/lib/tests/wall.so
# A provider that fails as its application orders.
$(eval $(call shared,tests/rogue.so,$(call obj,tests/survive/tsp_rogue.c) $(base_A)))
$(BUILD)/bin/survive: | $(BUILD)/lib/tests/rogue.so
$(eval $(call program,false-host,$(call obj,tests/survive/false_host.c tests/hostile/mutant.c) $(wire_A) $(base_A),$$(wire_LIBS)))
$(BUILD)/bin/survive: | $(BUILD)/bin/false-host
survive: $(BUILD)/bin/survive $(ALL)
	$(Q)BUILD=$(BUILD) $(BUILD)/bin/survive $(survive_ARGS)
check-survive: $(BUILD)/bin/survive $(ALL)
	$(Q)BUILD=$(BUILD) tests/survive/check.sh
CHECK_SCRIPTS += tests/survive/check.sh
check-built: $(BUILD)/bin/survive
.PHONY: survive check-survive
