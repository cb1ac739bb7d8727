# install, uninstall; stage: install into $(BUILD)/stage, to build against installed files only.
bindir     ?= $(PREFIX)/bin
includedir ?= $(PREFIX)/include
datadir    ?= $(PREFIX)/share
mandir     ?= $(datadir)/man
sysconfdir ?= $(PREFIX)/etc
unitdir    ?= $(PREFIX)/lib/systemd/system
STAGE      := $(BUILD)/stage
INSTALL    ?= install

INSTALL_HEADERS := $(wildcard include/*.h)
INSTALL_MAN     := $(wildcard man/*.1 man/*.5 man/*.7 man/*.8)
# The template is for copying, not for use.
INSTALL_TSP      = $(filter-out %/template.so,$(filter $(BUILD)/lib/tapi/tsp/%.so,$(ALL)))
INSTALL_MSP      = $(filter $(BUILD)/lib/tapi/msp/%.so,$(ALL))
INSTALL_FILES    = $(BUILD)/etc/tapi.pc $(BUILD)/etc/tapisrvd.service $(BUILD)/etc/tapisrvd.socket $(BUILD)/etc/tapisrvd.conf \
	$(BUILD)/etc/tapi-dial.desktop $(BUILD)/etc/recipients

# What has $(libdir) compiled in is compiled again when it changes.
$(BUILD)/paths: FORCE
	@mkdir -p $(@D)
	@echo '$(libdir) $(bindir) $(includedir) $(sysconfdir) $(VERSION)' | cmp -s - $@ || \
		echo '$(libdir) $(bindir) $(includedir) $(sysconfdir) $(VERSION)' > $@
$(call obj,src/tapisrvd/options.c src/libtapi/tapi3/module.c src/libtapi/launch.c): $(BUILD)/paths

$(BUILD)/etc/%: etc/%.in $(BUILD)/paths
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)sed -e 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(libdir)|; s|@INCLUDEDIR@|$(includedir)|' \
		-e 's|@BINDIR@|$(bindir)|; s|@SYSCONFDIR@|$(sysconfdir)|; s|@VERSION@|$(VERSION)|' $< > $@

install: all $(INSTALL_FILES)
	$(INSTALL) -d $(addprefix $(DESTDIR),$(bindir) $(libdir)/tapi/tsp $(libdir)/tapi/msp \
		$(libdir)/pkgconfig $(includedir)/tapi $(unitdir) $(sysconfdir)/tapi $(datadir)/doc/tapisrvd \
		$(datadir)/applications)
	$(INSTALL) -m 755 $(BUILD)/bin/tapictl $(DESTDIR)$(bindir)
	$(INSTALL) -m 755 $(BUILD)/bin/tapi-dial $(DESTDIR)$(bindir)
	$(INSTALL) -m 755 $(BUILD)/bin/tapisrvd $(DESTDIR)$(bindir)
	$(INSTALL) -m 755 $(BUILD)/bin/tapi-conform $(DESTDIR)$(bindir)
	$(INSTALL) -m 755 $(BUILD)/bin/tapi-tsphost $(DESTDIR)$(libdir)/tapi
	$(INSTALL) -m 755 $(BUILD)/lib/libtapi.so.0 $(DESTDIR)$(libdir)
	ln -sf libtapi.so.0 $(DESTDIR)$(libdir)/libtapi.so
	$(INSTALL) -m 755 $(BUILD)/lib/tapi/libtapimedia.so $(DESTDIR)$(libdir)/tapi
	$(INSTALL) -m 755 $(INSTALL_TSP) $(DESTDIR)$(libdir)/tapi/tsp
	$(INSTALL) -m 755 $(INSTALL_MSP) $(DESTDIR)$(libdir)/tapi/msp
	$(INSTALL) -m 644 $(INSTALL_HEADERS) $(DESTDIR)$(includedir)/tapi
	$(INSTALL) -m 644 $(BUILD)/etc/tapi.pc $(DESTDIR)$(libdir)/pkgconfig
	$(INSTALL) -m 644 $(BUILD)/etc/tapisrvd.service $(BUILD)/etc/tapisrvd.socket $(DESTDIR)$(unitdir)
	$(INSTALL) -m 644 $(BUILD)/etc/tapisrvd.conf $(DESTDIR)$(datadir)/doc/tapisrvd/tapisrvd.conf
	[ -e $(DESTDIR)$(sysconfdir)/tapisrvd.conf ] || \
		$(INSTALL) -m 644 $(BUILD)/etc/tapisrvd.conf $(DESTDIR)$(sysconfdir)
	[ -e $(DESTDIR)$(sysconfdir)/tapi/recipients ] || \
		$(INSTALL) -m 644 $(BUILD)/etc/recipients $(DESTDIR)$(sysconfdir)/tapi/recipients
	$(INSTALL) -m 644 $(BUILD)/etc/tapi-dial.desktop $(DESTDIR)$(datadir)/applications
	set -e; for page in $(INSTALL_MAN); do section=$${page##*.}; \
		$(INSTALL) -d $(DESTDIR)$(mandir)/man$$section; \
		$(INSTALL) -m 644 $$page $(DESTDIR)$(mandir)/man$$section; done

# The configuration stays: it may have been changed.
uninstall:
	rm -f $(DESTDIR)$(bindir)/tapictl $(DESTDIR)$(bindir)/tapi-dial $(DESTDIR)$(bindir)/tapisrvd $(DESTDIR)$(bindir)/tapi-conform \
		$(DESTDIR)$(datadir)/applications/tapi-dial.desktop \
		$(DESTDIR)$(libdir)/libtapi.so $(DESTDIR)$(libdir)/libtapi.so.0 \
		$(DESTDIR)$(libdir)/pkgconfig/tapi.pc $(DESTDIR)$(unitdir)/tapisrvd.service \
		$(DESTDIR)$(unitdir)/tapisrvd.socket \
		$(DESTDIR)$(libdir)/tapi/tapi-tsphost $(DESTDIR)$(libdir)/tapi/libtapimedia.so \
		$(addprefix $(DESTDIR)$(libdir)/tapi/tsp/,$(notdir $(INSTALL_TSP))) \
		$(addprefix $(DESTDIR)$(libdir)/tapi/msp/,$(notdir $(INSTALL_MSP))) \
		$(addprefix $(DESTDIR)$(includedir)/tapi/,$(notdir $(INSTALL_HEADERS))) \
		$(foreach p,$(INSTALL_MAN),$(DESTDIR)$(mandir)/man$(subst .,,$(suffix $p))/$(notdir $p)) \
		$(DESTDIR)$(datadir)/doc/tapisrvd/tapisrvd.conf
	-rmdir $(addprefix $(DESTDIR),$(libdir)/tapi/tsp $(libdir)/tapi/msp $(libdir)/tapi \
		$(includedir)/tapi $(datadir)/doc/tapisrvd) 2>/dev/null

# Built before, or two makes would write the same objects.
stage: $(ALL)
	$(Q)rm -rf $(STAGE)
	$(Q)$(MAKE) --no-print-directory install DESTDIR=$(abspath $(STAGE)) BUILD=$(BUILD) SAN=$(SAN) \
		> $(BUILD)/stage.log

FORCE:
.PHONY: install uninstall stage FORCE
