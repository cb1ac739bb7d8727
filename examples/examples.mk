# examples: small programs, built as anybody would build them: against installed files only.
EXAMPLES := dial answer monitor call3 acd agent supervisor
EXAMPLES_PC = PKG_CONFIG_PATH= PKG_CONFIG_LIBDIR=$(abspath $(STAGE))$(libdir)/pkgconfig \
	PKG_CONFIG_SYSROOT_DIR=$(abspath $(STAGE)) pkg-config

# STAGE and libdir are final only after all .mk files are read, so the recipe asks for them.
examples: stage
	@mkdir -p $(BUILD)/examples
	$(Q)set -e; for e in $(EXAMPLES); do \
		printf '  %-5s %s\n' EX $(BUILD)/examples/$$e; \
		$(CC) -std=c11 -D_POSIX_C_SOURCE=200809L $(OPT) $(WARN) $(SANFLAGS) \
			$$($(EXAMPLES_PC) --cflags tapi) examples/$$e.c -o $(BUILD)/examples/$$e \
			$$($(EXAMPLES_PC) --libs tapi) \
			-Wl,-rpath,$(abspath $(STAGE))$(libdir); done

.PHONY: examples
