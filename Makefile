# One Makefile, not recursive: each room lists its files in <room>/<room>.mk.
#   make            everything          make check       the tests of this build
#   make V=1        show the commands   make SAN=thread  a sanitizer build (its own folder)
#   make CC=clang BUILD=build/clang     another compiler, another folder

CC      ?= cc
PREFIX  ?= /usr/local
libdir  ?= $(PREFIX)/lib
SAN     ?=
BUILD   ?= build/default$(if $(SAN),-$(subst $(comma),-,$(SAN)))
comma   := ,
VERSION := 0.1.0

PKGS_wire  := libprotobuf-c
PKGS_core  := libevent_core inih sqlite3
PKGS_media := speexdsp alsa libsrtp2 opus spandsp
PKGS_check := check

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wpointer-arith -Wformat=2 -Wundef -Wvla -Wimplicit-fallthrough
ifeq ($(WERROR),1)
WARN += -Werror
endif
OPT      ?= -O2 -g
HARDEN   := -fstack-protector-strong $(if $(SAN),-fno-omit-frame-pointer,-D_FORTIFY_SOURCE=2)
SANFLAGS := $(if $(SAN),-fsanitize=$(SAN) $(if $(findstring undefined,$(SAN)),-fno-sanitize-recover=all))
# -I- order: our rooms include "base/clock.h", "wire/frame.h"; public headers are <tapi/tapi.h>.
CPPFLAGS_ALL = -D_POSIX_C_SOURCE=200809L -Iinclude -Isrc -I$(BUILD)/gen -Iproto $(CPPFLAGS) \
	-DTAPI_LIBDIR='"$(libdir)"' -DTAPI_SYSCONFDIR='"$(sysconfdir)"' -DTAPI_VERSION='"$(VERSION)"'
CFLAGS_ALL   = -std=c11 $(OPT) $(WARN) $(HARDEN) $(SANFLAGS) -fvisibility=hidden -fPIC -pthread \
	-MMD -MP $(CFLAGS)
LDFLAGS_ALL  = $(SANFLAGS) -pthread -Wl,-z,relro,-z,now $(LDFLAGS)

ifeq ($(V),1)
Q :=
say = @:
else
Q := @
say = @printf '  %-5s %s\n' $(1) $(2)
endif

pkg_cflags = $(foreach p,$(1),$(shell pkg-config --cflags $(p)))
pkg_libs   = $(foreach p,$(1),$(shell pkg-config --libs $(p)))

all:
.DELETE_ON_ERROR:

# A room's .mk sets <room>_SRCS and says what to link; obj() turns sources into objects.
obj = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))

# $(eval $(call program,NAME,OBJECTS AND ARCHIVES,LIBS)) and the like; the room adds the result to ALL.
define program
$(BUILD)/bin/$(1): $(2)
	@mkdir -p $$(@D)
	$$(call say,LD,$$@)
	$$(Q)$$(CC) $$(LDFLAGS_ALL) -pie -o $$@ $$(filter %.o %.a %.so,$$^) $(3)
endef
# shared: FILE (below $(BUILD)/lib), OBJECTS, LIBS. The umask: tapisrvd refuses what others may write.
define shared
$(BUILD)/lib/$(1): $(2)
	@umask 022; mkdir -p $$(@D)
	$$(call say,LD,$$@)
	$$(Q)umask 022; $$(CC) $$(LDFLAGS_ALL) -shared -o $$@ $$(filter %.o %.a %.so,$$^) $(3)
	@chmod go-w $$@ $$(@D) # the daemon loads no provider that others could have written
endef
# archive: NAME, OBJECTS
define archive
$(BUILD)/lib/$(1): $(2)
	@mkdir -p $$(@D)
	$$(call say,AR,$$@)
	$$(Q)rm -f $$@ && $$(AR) rcs $$@ $$^
endef

include src/base/base.mk
-include src/wire/wire.mk
-include src/media/media.mk
-include src/providers/providers.mk
-include src/tsphost/tsphost.mk
-include src/conform/conform.mk
-include src/tapisrvd/tapisrvd.mk
-include src/libtapi/libtapi.mk
-include src/tapictl/tapictl.mk
-include src/tapidial/tapidial.mk
-include src/demo/demo.mk
-include examples/examples.mk
-include tests/tests.mk
-include etc/install.mk

all: $(ALL)

$(BUILD)/obj/%.o: %.c | $(GENERATED)
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(CFLAGS_$(notdir $(basename $<))) -c -o $@ $<

clean:
	rm -rf $(BUILD)

FORMATTED = $(filter-out include/%,$(shell git ls-files '*.c' '*.h'))
format:
	clang-format -i $(FORMATTED)
lint:
	clang-format --dry-run -Werror $(FORMATTED)
	awk -f tests/limits.awk $(FORMATTED)

# What CI and ./bootstrap check run: both compilers, warnings as errors, the sanitizers, the whole system.
# check-units is check without the runs of the whole system. These go side by side: some wait, some compile. What
# debuggers would need is left out, and half of the time is compiling.
ci: ci-gcc ci-clang ci-asan ci-tsan ci-same fuzz-ci analyse-ci lint
ci-gcc:
	$(MAKE) WERROR=1 CC=gcc OPT=-O2 BUILD=build/gcc check check-oom examples
	$(MAKE) WERROR=1 CC=gcc OPT=-O2 BUILD=build/gcc bench-instructions
ci-clang:
	$(MAKE) WERROR=1 CC=clang OPT=-O2 BUILD=build/clang check-units
ci-asan:
	$(MAKE) WERROR=1 CC=gcc OPT='-O1 -g1' BUILD=build/asan SAN=address,undefined OPS=30000 check-units check-random check-conform
ci-tsan:
	$(MAKE) WERROR=1 CC=clang OPT='-O1 -g1' BUILD=build/tsan SAN=thread OPS=30000 check-units check-random
# A seed of the random workload is the same story whatever builds it.
ci-same: ci-asan ci-tsan
	cmp build/asan/random.txt build/tsan/random.txt

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
.PHONY: all ci ci-gcc ci-clang ci-asan ci-tsan ci-same clean format lint check check-began check-built check-units check-oom install
