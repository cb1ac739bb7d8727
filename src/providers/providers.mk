# providers: each has its own list, src/providers/<name>/<name>.mk.
include $(wildcard src/providers/*/*.mk)
