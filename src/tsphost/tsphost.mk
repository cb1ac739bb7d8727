# tsphost: the provider host, as an archive for the daemon (thread mode) and as a program.
tsphost_SRCS := $(addprefix src/tsphost/,config.c devices.c event.c fault.c flatten.c handles.c hello.c host.c \
	inbox.c inbox_procs.c job.c job_parts.c objects.c reason.c reply.c request.c special_line.c special_phone.c \
	special_media.c special_provider.c state.c stop.c tags.c thunks.c tsp.c turn.c \
	verify.c)
tsphost_A := $(BUILD)/lib/libtsphost.a
tsphost_LIBS = $(wire_LIBS) -ldl
$(eval $(call archive,libtsphost.a,$(call obj,$(tsphost_SRCS))))

# A TSP that was built with a sanitizer or with libbase inside must find nothing of ours: no -rdynamic.
$(eval $(call program,tapi-tsphost,$(call obj,src/tsphost/main.c src/tsphost/check.c) $(tsphost_A) $$(wire_A) $$(base_A),\
	$$(tsphost_LIBS)))
ALL += $(BUILD)/bin/tapi-tsphost
