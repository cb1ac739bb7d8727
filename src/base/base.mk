# base: everyone in the tree may include it; it includes nobody.
base_SRCS := src/base/clock.c src/base/mem.c src/base/log.c src/base/random.c src/base/map.c \
	src/base/buf.c src/base/os_unix.c src/base/os_linux.c src/base/os_bsd.c src/base/os_network.c \
	src/base/os_group.c src/base/trace.c
base_A := $(BUILD)/lib/libbase.a
$(eval $(call archive,libbase.a,$(call obj,$(base_SRCS))))
