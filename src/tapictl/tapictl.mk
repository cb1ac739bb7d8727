# tapictl: an application like any other; it includes installed headers only.
tapictl_SRCS := $(sort $(wildcard src/tapictl/*.c))
$(eval $(call program,tapictl,$$(call obj,$$(tapictl_SRCS)) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
ALL += $(BUILD)/bin/tapictl
