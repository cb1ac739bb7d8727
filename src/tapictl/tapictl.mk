# tapictl: an application like any other; it includes installed headers only.
tapictl_SRCS := src/tapictl/main.c src/tapictl/commands.c src/tapictl/help.c src/tapictl/options.c src/tapictl/session.c src/tapictl/gets.c \
	src/tapictl/print.c src/tapictl/lines.c src/tapictl/calls.c src/tapictl/monitor.c \
	src/tapictl/talk.c src/tapictl/talk_report.c src/tapictl/talk_device.c \
	src/tapictl/line_find.c src/tapictl/control.c src/tapictl/control_calls.c \
	src/tapictl/forward.c src/tapictl/call_show.c src/tapictl/dial.c
$(eval $(call program,tapictl,$$(call obj,$$(tapictl_SRCS)) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
ALL += $(BUILD)/bin/tapictl
