# The random workload: core, host, exchange and libtapi in one thread, on the virtual clock, so that a seed says all.
#   make check-random SEED=n OPS=n     one run; the same seed makes the same messages
SEED ?= 1
OPS  ?= 100000

# Core and host have nouns of the same name: the host is one object that shows what the machine needs.
$(BUILD)/obj/random_host.o: $(call obj,$(tsphost_SRCS) tests/random/host_step.c)
	$(call say,LD,$@)
	$(Q)$(CC) -r -nostdlib -o $@ $^ && $(OBJCOPY) --wildcard --keep-global-symbol='step_host_*' $@

# libtapi's nouns have these names, too.
$(BUILD)/obj/random_tapi.o: $(libtapi_OBJS) $(call obj,tests/random/tapi_door.c)
	$(call say,LD,$@)
	$(Q)$(CC) -r -nostdlib -o $@ $^ && $(OBJCOPY) --wildcard --keep-global-symbol='line[A-Z]*' \
		--keep-global-symbol='phone[A-Z]*' --keep-global-symbol='tapi[A-Z]*' \
		--keep-global-symbol='tapix[A-Z]*' --keep-global-symbol='tapi_door_*' $@

# The exchange, with a door to its clock.
$(BUILD)/lib/exchange_virtual.so: $(call obj,tests/random/exchange_door.c) $(exchange_OBJS) $(base_A)
	$(call say,LD,$@)
	$(Q)umask 022; $(CC) $(LDFLAGS_ALL) -shared -o $@ $^ && chmod go-w $@

random_OBJ := $(call obj,$(addprefix tests/random/,machine.c poll.c observe.c workload.c ops.c ops_call.c ops_party.c ops_phone.c ops_number.c \
	ops_service.c))
checker_OBJ := $(call obj,$(addprefix tests/random/,checker.c checker_message.c checker_call.c))
random_LIBS = $(tapisrvd_LIBS) -ldl
$(eval $(call program,random-workload,$(call obj,tests/random/main.c) $(random_OBJ) $(checker_OBJ) $(tapisrvd_A) \
	$(BUILD)/obj/random_host.o $(BUILD)/obj/random_tapi.o $$(wire_A) $$(base_A),$$(random_LIBS) -rdynamic))
$(BUILD)/bin/random-workload: | $(BUILD)/lib/exchange_virtual.so
$(eval $(call test,test_checker,$(call obj,tests/random/test_checker.c) $(checker_OBJ) $$(base_A),))

check-random: $(BUILD)/bin/random-workload
	$(Q)BUILD=$(BUILD) $< --seed $(SEED) --ops $(OPS) >$(BUILD)/random.txt || { cat $(BUILD)/random.txt; exit 1; }
	$(Q)cat $(BUILD)/random.txt
.PHONY: check-random
CHECK_SCRIPTS += tests/random/run.sh
check-built: $(BUILD)/bin/random-workload
