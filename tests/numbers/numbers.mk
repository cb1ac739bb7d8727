# Address translation: a table of numbers that was made by hand.
$(eval $(call test_oom,test_numbers,$(call obj,tests/numbers/test_numbers.c tests/numbers/table.c) \
	$$(tapisrvd_A) $$(wire_A) $$(base_A),$$(tapisrvd_LIBS)))
$(eval $(call test,test_uri,$(call obj,tests/numbers/test_uri.c src/tapidial/uri.c)))
