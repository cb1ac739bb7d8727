# wire: what the three sides share. The schema is compiled here.
GEN := $(BUILD)/gen
GENERATED += $(GEN)/tapi.pb-c.h $(GEN)/call_descriptors.h $(GEN)/call_requests.inc $(GEN)/flat_versions.inc \
	$(GEN)/names_constants.inc $(GEN)/names_fields.inc
wire_SRCS := src/wire/frame.c src/wire/calls.c src/wire/arena.c src/wire/conn.c \
	src/wire/flat.c src/wire/flat_write.c src/wire/flat_read.c \
	src/wire/names.c src/wire/json.c src/wire/phone_error.c src/wire/utf8.c src/wire/record.c src/wire/proxied.c
wire_OBJS = $(call obj,$(wire_SRCS)) $(BUILD)/obj/gen/tapi.pb-c.o
wire_A := $(BUILD)/lib/libwire.a
wire_LIBS = $(call pkg_libs,libprotobuf-c)

$(GEN)/tapi.pb-c.c $(GEN)/tapi.pb-c.h &: proto/tapi.proto
	@mkdir -p $(GEN)
	$(call say,PROTO,$<)
	$(Q)protoc-c --c_out=$(GEN) -Iproto $<

# "DESC_LineMakeCall" for each message, because C cannot turn a name into snake case.
$(GEN)/call_descriptors.h: $(GEN)/tapi.pb-c.h
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk '/^struct +[A-Z]/ { n = $$2 } /PROTOBUF_C_MESSAGE_INIT/ { sub(/.*&/, ""); sub(/\).*/, ""); \
		printf "#define DESC_%s %s\n", n, $$0 }' $< > $@

# "REQUEST(LineMakeCall)" for each message that has a reply.
$(GEN)/call_requests.inc: proto/tapi.proto
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk '/^message / { has[$$2] = 1 } END { for (n in has) if (n "Reply" in has) print "REQUEST(" n ")" }' $< | \
		LC_ALL=C sort > $@

$(GEN)/flat_versions.inc: src/wire/flat_versions.awk $(GEN)/call_descriptors.h \
		$(wildcard include/tapi.h include/tapi_*.h)
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f $^ > $@

$(GEN)/names_constants.inc: src/wire/names_constants.awk \
		$(filter-out include/tapi_sip.h,$(wildcard include/tapi.h include/tapi_*.h include/tspi*.h))
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f $^ | LC_ALL=C sort -s -t , -k 1,1 > $@
$(GEN)/names_fields.inc: src/wire/names_fields.awk proto/tapi.proto
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f $^ | LC_ALL=C sort > $@

$(BUILD)/obj/gen/tapi.pb-c.o: $(GEN)/tapi.pb-c.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) -I$(GEN) -std=c11 $(OPT) -fPIC $(SANFLAGS) -fvisibility=hidden -c -o $@ $<

$(eval $(call archive,libwire.a,$$(wire_OBJS)))
