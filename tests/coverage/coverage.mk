# coverage: make coverage-table writes man/tapi-coverage.7 from the sources; make check compares.
coverage-table:
	$(Q)tests/coverage/coverage.sh --write
.PHONY: coverage-table
CHECK_SCRIPTS += tests/coverage/coverage.sh
