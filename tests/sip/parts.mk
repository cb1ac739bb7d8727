# The parts of the SIP provider that know no stack, by themselves.
test_sip_parts_SRCS := $(addprefix tests/sip/, test_parts.c test_bodies.c test_cause.c \
	test_config.c test_dial.c test_forward.c test_pace.c test_parties.c)
$(eval $(call test_oom,test_sip_parts,$(call obj,$(test_sip_parts_SRCS) $(sip_parts_SRCS) $(kit_SRCS) \
	$(rtpmsg_SRCS)) $$(base_A),))
# What needs sofia's parser, and nothing else of it.
test_sip_names_SRCS := tests/sip/test_names.c $(addprefix src/providers/sip/, dialog_name.c headers.c stack_tls.c)
$(call obj,tests/sip/test_names.c): CPPFLAGS += $(sip_CFLAGS)
$(eval $(call test,test_sip_names,$(call obj,$(test_sip_names_SRCS) $(sip_parts_SRCS) $(kit_SRCS) \
	$(rtpmsg_SRCS)) $$(base_A),$(call pkg_libs,sofia-sip-ua)))
# The whole provider, with a host and a peer that the test plays.
test_sip_SRCS := tests/sip/test_provider.c tests/sip/world.c
$(call obj,$(test_sip_SRCS)): CPPFLAGS += $(sip_CFLAGS)
$(eval $(call test,test_sip,$(call obj,$(test_sip_SRCS)) $(sip_OBJS) $$(base_A),$(call pkg_libs,sofia-sip-ua)))
