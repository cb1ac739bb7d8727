# tapisrvd: the core. libtapisrvd.a is everything but main.c, so that tests can drive it.
tapisrvd_SRCS := $(filter-out src/tapisrvd/main.c,$(sort $(wildcard src/tapisrvd/*.c)))
tapisrvd_A := $(BUILD)/lib/libtapisrvd.a
tapisrvd_LIBS = $(call pkg_libs,$(PKGS_core)) $(wire_LIBS)
OBJCOPY ?= objcopy
$(eval $(call archive,libtapisrvd.a,$(call obj,$(tapisrvd_SRCS))))

# Core and host have nouns of the same name (line, call, ...): for thread mode the host becomes one object
# that shows nothing but its entry.
$(BUILD)/obj/tsphost_thread.o: $(call obj,$(tsphost_SRCS))
	$(call say,LD,$@)
	$(Q)$(CC) -r -nostdlib -o $@ $^ && $(OBJCOPY) --keep-global-symbol=tsphost_run $@

$(eval $(call program,tapisrvd,$(call obj,src/tapisrvd/main.c) $(tapisrvd_A) \
	$(BUILD)/obj/tsphost_thread.o $$(wire_A) $$(base_A),$$(tapisrvd_LIBS) $$(tsphost_LIBS)))
ALL += $(BUILD)/bin/tapisrvd
