# syscalls: the n-th system call of the daemon, of a host, of an application fails (fail.c is preloaded), and nothing
# crashes, hangs, leaks or is refused without a reason. The second half of check-oom:
#   make check-oom                       some of them
#   make check-oom N=all                 each, in each of its ways (minutes)
#   make check-syscalls WHO=host         these alone; N=all; AT=n KIND=n repeats one
CFLAGS_fail := -U_FORTIFY_SOURCE -Wno-missing-prototypes
$(eval $(call shared,tests/fail.so,$(call obj,tests/syscalls/fail.c),-ldl))
$(eval $(call program,syscalls,$(call obj,tests/syscalls/main.c tests/syscalls/scene.c) $$(base_A) $(libtapi_SO),$(libtapi_RPATH)))
syscalls_ARGS = $(if $(filter all,$(N)),--all) $(if $(WHO),--who $(WHO)) $(if $(AT),--at $(AT)) $(if $(KIND),--kind $(KIND))
check-syscalls: $(BUILD)/bin/syscalls $(BUILD)/lib/tests/fail.so $(ALL)
	$(Q)BUILD=$(BUILD) $(BUILD)/bin/syscalls $(syscalls_ARGS)
.PHONY: check-syscalls
