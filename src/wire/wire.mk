# wire: what the three sides share. The schema is compiled here.
GEN := $(BUILD)/gen
GENERATED += $(GEN)/tapi.pb-c.h $(GEN)/call_descriptors.h $(GEN)/flat_versions.inc
wire_SRCS := src/wire/frame.c src/wire/calls.c src/wire/arena.c src/wire/conn.c \
	src/wire/flat.c src/wire/flat_write.c src/wire/flat_read.c
wire_OBJS = $(call obj,$(wire_SRCS)) $(BUILD)/obj/gen/tapi.pb-c.o
wire_A := $(BUILD)/lib/libwire.a
wire_LIBS = $(call pkg_libs,libprotobuf-c)

$(GEN)/tapi.pb-c.c $(GEN)/tapi.pb-c.h &: proto/tapi.proto
	@mkdir -p $(GEN)
	$(call say,PROTO,$<)
	$(Q)protoc-c --c_out=$(GEN) -Iproto $<

# "DESC_LineMakeCall" for each message, because C cannot turn a name into snake case.
$(GEN)/call_descriptors.h: $(GEN)/tapi.pb-c.h
	$(call say,GEN,$@)
	$(Q)awk '/^struct +[A-Z]/ { n = $$2 } /PROTOBUF_C_MESSAGE_INIT/ { sub(/.*&/, ""); sub(/\).*/, ""); \
		printf "#define DESC_%s %s\n", n, $$0 }' $< > $@

$(GEN)/flat_versions.inc: src/wire/flat_versions.awk $(GEN)/call_descriptors.h \
		$(wildcard include/tapi.h include/tapi_*.h)
	$(call say,GEN,$@)
	$(Q)awk -f $^ > $@

$(BUILD)/obj/gen/tapi.pb-c.o: $(GEN)/tapi.pb-c.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) -I$(GEN) -std=c11 $(OPT) -fPIC $(SANFLAGS) -fvisibility=hidden -c -o $@ $<

$(eval $(call archive,libwire.a,$$(wire_OBJS)))
