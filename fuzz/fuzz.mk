# make fuzz                     every fuzz/fuzz_*.c for T seconds each (clang, libFuzzer, address and undefined)
# make fuzz FUZZ=fuzz_flat T=600   one of them, longer
# make fuzz-ci                  the same, two at a time, as long as CI has time for
# make fuzz-coverage            how much of its decoder each has run by its seeds; below FUZZ_GOAL % it fails
# make check-fuzz               the seeds once, with any compiler, without libFuzzer; part of check
#
# A fuzzer is linked with libwire and libbase. What else it needs, and which files are its decoder, stands below.
# Seeds lie in fuzz/seeds/<name>/; what it finds grows in build/fuzz/corpus/<name>/.
T ?= 20
FUZZ ?= $(patsubst fuzz/%.c,%,$(wildcard fuzz/fuzz_*.c))
FUZZ_BUILD ?= build/fuzz
FUZZ_GOAL ?= 85

fuzz:
	$(Q)$(MAKE) --no-print-directory CC=clang SAN=address,undefined,fuzzer-no-link \
		BUILD=$(FUZZ_BUILD) FUZZ='$(FUZZ)' T=$(T) FUZZ_SEED=$(FUZZ_SEED) fuzz-run
fuzz-ci:
	$(Q)$(MAKE) --no-print-directory -j2 fuzz T=$(FUZZ_CI_T) FUZZ_SEED=1 OPT='-O1 -g1'
# 19 fuzzers, two at a time, 3 seconds each: half a minute, and as long to build them. The same seed each time: a change
# that breaks nothing is not refused by chance; chance is for make fuzz.
FUZZ_CI_T ?= 3
fuzz-coverage:
	$(Q)$(MAKE) --no-print-directory CC=clang OPT=-O1 BUILD=$(FUZZ_BUILD)-coverage FUZZ='$(FUZZ)' \
		CFLAGS='-fprofile-instr-generate -fcoverage-mapping' \
		LDFLAGS='-fprofile-instr-generate -fcoverage-mapping' fuzz-covered

fuzz_is_lib := $(findstring fuzzer,$(SAN))
fuzz_MAIN := $(if $(fuzz_is_lib),-fsanitize=fuzzer)
fuzz_OBJ := $(if $(fuzz_is_lib),,$(call obj,fuzz/replay.c))
fuzz_PROGRAMS := $(patsubst %,$(BUILD)/bin/%,$(FUZZ))

# <name>_links, <name>_libs; <name>_covers
fuzz_WORLD := $(call obj,$(addprefix tests/core/,world.c mock_host.c mock_app.c) fuzz/check.c) $(tapisrvd_A)
fuzz_SCENE := $(call obj,fuzz/scene.c fuzz/play.c tests/hostile/mutant.c) $(fuzz_WORLD)

fuzz_request_links := $(fuzz_SCENE)
fuzz_request_libs := $(tapisrvd_LIBS)
fuzz_request_covers := src/tapisrvd/dispatch.c src/tapisrvd/values.c src/wire/calls.c src/wire/record.c src/wire/utf8.c
fuzz_hello_links := $(fuzz_SCENE)
fuzz_hello_libs := $(tapisrvd_LIBS)
fuzz_hello_covers := $(addprefix src/tapisrvd/,claim.c resume.c host_snapshot.c call_note.c client.c)
fuzz_host_links := $(fuzz_SCENE)
fuzz_host_libs := $(tapisrvd_LIBS)
fuzz_host_covers := $(addprefix src/tapisrvd/,event.c event_line.c call.c call_new.c)
fuzz_libtapi_links := $(call obj,$(wildcard src/libtapi/*.c) fuzz/daemon.c fuzz/play.c tests/hostile/functions.c tests/hostile/mutant.c)
fuzz_libtapi_libs := -ldl
fuzz_libtapi_covers := $(addprefix src/libtapi/,answer.c event.c queue.c link.c pending.c)
$(call obj,tests/hostile/functions.c): $(GEN)/libtapi_stubs.inc
fuzz_frame_covers := $(addprefix src/wire/,frame.c conn.c arena.c json.c)
fuzz_flat_links := $(call obj,tests/wire/structs.c tests/wire/sample.c)
fuzz_flat_covers := $(addprefix src/wire/,flat.c flat_read.c flat_write.c)
fuzz_sdp_links := $(media_A)
fuzz_sdp_libs := $(media_LIBS)
fuzz_sdp_covers := $(addprefix src/media/,sdp.c sdp_ask.c address.c crypto.c)
fuzz_rtp_links := $(media_A)
fuzz_rtp_libs := $(media_LIBS)
fuzz_rtp_covers := $(addprefix src/media/,rtp.c jitter.c jitter_play.c)
fuzz_rtcp_links := $(media_A)
fuzz_rtcp_libs := $(media_LIBS)
fuzz_rtcp_covers := src/media/rtcp.c
fuzz_event_links := $(media_A)
fuzz_event_libs := $(media_LIBS)
fuzz_event_covers := src/media/event.c
fuzz_wav_links := $(media_A) $(call obj,fuzz/scratch_file.c)
fuzz_wav_libs := $(media_LIBS)
fuzz_wav_covers := src/media/wav.c
fuzz_rtpmsg_links := $(call obj,$(rtp_SRCS)) $(media_A)
fuzz_rtpmsg_libs := $(media_LIBS)
fuzz_rtpmsg_covers := src/media/rtpmsg.c $(addprefix src/providers/rtp/,dialog.c dialog_sound.c dialog_listen.c agree.c choice.c \
	settings.c keys.c)
fuzz_sip_config_links := $(call obj,$(sip_parts_SRCS) $(kit_SRCS) $(rtpmsg_SRCS) fuzz/lines.c)
fuzz_sip_config_covers := $(addprefix src/providers/sip/,config.c config_value.c config_compare.c)
fuzz_sip_parts_links := $(call obj,$(sip_parts_SRCS) $(kit_SRCS) $(rtpmsg_SRCS) fuzz/lines.c)
fuzz_sip_parts_covers := $(addprefix src/providers/sip/,bodies.c cause.c dial.c parties.c text.c uui.c)
fuzz_exchange_config_links := $(call obj,$(addprefix src/providers/exchange/,config.c numbers.c) fuzz/lines.c)
fuzz_exchange_config_covers := $(addprefix src/providers/exchange/,config.c numbers.c)
fuzz_config_links := $(tapisrvd_A) $(call obj,fuzz/scratch_file.c)
fuzz_config_libs := $(tapisrvd_LIBS)
fuzz_config_covers := $(addprefix src/tapisrvd/,config.c access_rule.c)
fuzz_translate_links := $(tapisrvd_A) $(call obj,fuzz/lines.c)
fuzz_translate_libs := $(tapisrvd_LIBS)
fuzz_translate_covers := $(addprefix src/tapisrvd/,translate.c translate_parse.c translate_rule.c)
fuzz_store_links := $(fuzz_WORLD) $(call obj,fuzz/lines.c)
fuzz_store_libs := $(tapisrvd_LIBS)
fuzz_store_covers := $(addprefix src/tapisrvd/,store.c dialling_store.c provider_store.c)
fuzz_uri_links := $(call obj,src/tapidial/uri.c fuzz/lines.c)
fuzz_uri_covers := src/tapidial/uri.c

define fuzzer
$(call program,$(1),$(call obj,fuzz/$(1).c) $(fuzz_OBJ) $($(1)_links) $$(wire_A) $$(base_A),$(fuzz_MAIN) $($(1)_libs) $(wire_LIBS))
fuzz-run-$(1): $$(BUILD)/bin/$(1)
	$(Q)fuzz/run.sh $$< $$(BUILD)/corpus/$(1) $$(T) $$(FUZZ_SEED)
fuzz-run: fuzz-run-$(1)
.PHONY: fuzz-run-$(1)
endef
$(foreach f,$(FUZZ),$(eval $(call fuzzer,$(f))))

fuzz-covered: $(fuzz_PROGRAMS)
	$(Q)BUILD=$(BUILD) fuzz/coverage.sh $(FUZZ_GOAL) $(foreach f,$(FUZZ),'$(f) $($(f)_covers)')

CHECK_SCRIPTS += fuzz/replay.sh
check-built: $(fuzz_PROGRAMS)
check-fuzz: $(fuzz_PROGRAMS)
	$(Q)BUILD=$(BUILD) fuzz/replay.sh
.PHONY: fuzz fuzz-ci fuzz-run fuzz-coverage fuzz-covered check-fuzz
