# analyse: programs that read the sources and know defects when they see them. None may find anything.
#   make analyse           all of them
#   make analyse-gcc       gcc -fanalyzer
#   make analyse-cppcheck  the whole of src/ at once; analyse-ci is these two
# They read what is installed and the examples; code that protoc-c has made is none of ours.
ANALYSED = $(shell git ls-files 'src/*.c' 'examples/*.c')
analyse_BUILD := build/analyse
analysed: $(call obj,$(ANALYSED))

analyse: analyse-ci
analyse-ci: analyse-gcc analyse-cppcheck
analyse-gcc:
	$(Q)$(MAKE) --no-print-directory CC=gcc CFLAGS=-fanalyzer WERROR=1 BUILD=$(analyse_BUILD)/gcc analysed
# It asks for no system header, protobuf-c's neither.
analyse-cppcheck: $(GENERATED)
	$(Q)cppcheck -q -j2 --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
		--suppress='*:$(GEN)/*' -D_POSIX_C_SOURCE=200809L -Iinclude -Isrc -Iproto -I$(GEN) src examples
.PHONY: analyse analyse-ci analyse-gcc analyse-cppcheck analysed
