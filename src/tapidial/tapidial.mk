# tapi-dial: an application like any other; it includes installed headers only.
tapidial_SRCS := src/tapidial/main.c src/tapidial/uri.c
$(eval $(call program,tapi-dial,$$(call obj,$$(tapidial_SRCS)) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
ALL += $(BUILD)/bin/tapi-dial
