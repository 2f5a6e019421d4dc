# Everything that tests: unit tests, bats here and in the lab, fuzzing, benchmark, lint. Included by the Makefile.
.SECONDEXPANSION:
RESULTS   := $(B)/results
UNIT_SRC  := $(wildcard tests/unit/test-*.c)
UNIT_BIN  := $(patsubst tests/unit/%.c,$(B)/tests/%,$(UNIT_SRC))
UNIT_AUX  := $(filter-out $(UNIT_SRC),$(wildcard tests/unit/*.c))
TEST_PKGS  = $(APPLY_PKGS) $(CLI_PKGS)
JOBS       = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))
SUB        = $(MAKE) --no-print-directory $(if $(filter 1,$(V)),,-s)
# What a test may read: the tree, the build folder, and whether a sanitizer slows it down.
TEST_ENV   = TREE='$(CURDIR)' BUILD='$(CURDIR)/$(B)' SANITIZE='$(SANITIZE)' G_TEST_SRCDIR='$(CURDIR)' \
             ASAN_OPTIONS='detect_leaks=1' UBSAN_OPTIONS='print_stacktrace=1'

deps:
	@tests/install-deps

# The packages come first, in a make of their own, since pkg-config may not be there before them.
check:
	@tests/install-deps
	@rm -rf $(RESULTS)
	@$(SUB) $(JOBS) all unit-tests
	@for part in unit bats guest; do $(SUB) check-$$part || true; done; tests/tally $(RESULTS)/*.tap

# tests/unit/test-NAME.c is a program of its own; other .c files in that folder are linked to all of them.
unit-tests: $(UNIT_BIN)
$(B)/tests/%: $(B)/obj/tests/unit/%.o $(patsubst %.c,$(B)/obj/%.o,$(UNIT_AUX)) $$(ALL_LIBS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $$($(PKG_CONFIG) --libs $(TEST_PKGS))
-include $(wildcard $(B)/obj/tests/unit/*.d)
.SECONDARY: $(patsubst %.c,$(B)/obj/%.o,$(UNIT_SRC))

check-unit: unit-tests
	@rc=0; for t in $(UNIT_BIN); do \
	    $(TEST_ENV) tests/tap-run $(RESULTS)/unit-$${t##*/}.tap $$t --tap -k || rc=1; done; exit $$rc

check-bats: all
	@rc=0; for t in $(sort $(wildcard tests/bats/*.bats)); do n=$${t##*/}; \
	    $(TEST_ENV) tests/tap-run $(RESULTS)/bats-$${n%.bats}.tap bats --tap $$t || rc=1; done; exit $$rc

check-guest: all
	@:

.PHONY: deps check unit-tests check-unit check-bats check-guest
