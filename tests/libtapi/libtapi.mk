# Tests of libtapi against a mock of the daemon; they link its objects, to reach its limits and hooks.
libtapi_test_DEPS = $(call obj,tests/libtapi/mock.c tests/libtapi/client.c) $(libtapi_OBJS) $(wire_A) $(base_A)
libtapi_test_LIBS = $(wire_LIBS) -ldl

$(eval $(call test,test_libtapi_thin,$(call obj,tests/libtapi/test_thin.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
