# Unit tests of src/base, one program a noun.
CFLAGS_test_os += -D_DEFAULT_SOURCE
basetest = $(eval $(call $(1),test_$(2),$(call obj,tests/base/test_$(2).c) $$(base_A),$(3)))
$(call basetest,test_oom,map)
$(call basetest,test_oom,buf)
$(call basetest,test,list)
$(call basetest,test,clock)
$(call basetest,test,log)
$(call basetest,test_oom,mem)
$(call basetest,test,random)
$(call basetest,test,os)
$(call basetest,test,trace)
