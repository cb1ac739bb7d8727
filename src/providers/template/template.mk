# template: the TSP for authors to copy; its own Makefile builds it alone.
template_OBJS := $(call obj,src/providers/template/tsp.c)
$(eval $(call shared,tapi/tsp/template.so,$(template_OBJS)))
ALL += $(BUILD)/lib/tapi/tsp/template.so
