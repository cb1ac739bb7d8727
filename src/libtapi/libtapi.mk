# libtapi: the client library.
libtapi_SRCS := $(wildcard src/libtapi/*.c $(if $(NO_TAPI3),,src/libtapi/tapi3/*.c))
libtapi_OBJS = $(call obj,$(libtapi_SRCS))
libtapi_SO := $(BUILD)/lib/libtapi.so
# Programs in the build tree find it beside themselves: add $(libtapi_RPATH) to their LIBS.
libtapi_RPATH := -Wl,-rpath,'$$$$ORIGIN/../lib'

# "STRUCTURE(LineDevCaps)" for each message of the first part of the schema.
$(GEN)/structures.inc: proto/tapi.proto
	@mkdir -p $(GEN)
	$(call say,GEN,$@)
	$(Q)awk '/^\/\/ ---- / { part = $$3 } part == "structures" && /^message / { printf "STRUCTURE(%s)\n", $$2 }' $< > $@
GENERATED += $(GEN)/structures.inc

$(BUILD)/lib/libtapi.so.0: $(libtapi_OBJS) $(wire_A) $(base_A)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) -shared -Wl,-soname,libtapi.so.0 -o $@ $(libtapi_OBJS) $(wire_A) $(base_A) \
		$(wire_LIBS) -ldl
$(libtapi_SO): $(BUILD)/lib/libtapi.so.0
	$(Q)ln -sf libtapi.so.0 $@
ALL += $(libtapi_SO)
