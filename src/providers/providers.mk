# providers: each has its own list, src/providers/<name>/<name>.mk. kit: what our TSPs share; it is
# compiled into each of them.
include src/providers/kit/kit.mk
include $(filter-out src/providers/kit/kit.mk,$(wildcard src/providers/*/*.mk))
