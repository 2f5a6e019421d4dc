# Everything that tests: unit tests, bats here and in the lab, fuzzing, benchmark, lint. Included by the Makefile.
.SECONDEXPANSION:
RESULTS   := $(B)/results
UNIT_SRC  := $(wildcard tests/unit/test-*.c)
UNIT_BIN  := $(patsubst tests/unit/%.c,$(B)/tests/%,$(UNIT_SRC))
UNIT_AUX  := $(filter-out $(UNIT_SRC),$(wildcard tests/unit/*.c))
TEST_PKGS  = $(KERNEL_PKGS)
JOBS       = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))
SUB        = $(MAKE) --no-print-directory $(if $(filter 1,$(V)),,-s)
# What a test may read: the tree, the build folder, and whether a sanitizer slows it down. What is expected is in English.
# SEEDS=N: so many pairs of configurations at random; SEED=N: that one alone. EVERY=N: programs are killed at every Nth operation only.
TEST_ENV   = LC_ALL=C TREE='$(CURDIR)' BUILD='$(CURDIR)/$(B)' SANITIZE='$(SANITIZE)' G_TEST_SRCDIR='$(CURDIR)' \
             SEEDS='$(SEEDS)' SEED='$(SEED)' EVERY='$(EVERY)' ROLE='$(ROLE)' \
             ASAN_OPTIONS='detect_leaks=1' UBSAN_OPTIONS='print_stacktrace=1'
# What hangs is ended. Not by BATS_TEST_TIMEOUT: a test that is over before bats has set it up waits until that time is over.
HANGS      = 1800

# What runs at once: emulators wait for a third of their time, and the longest tests of the command line for nearly all of it.
BESIDE     = $(shell expr $$(nproc) + 1)
WAITING    = 5

deps:
	@tests/install-deps

# The packages come first, in a make of their own, since pkg-config may not be there before them. The longest begin first.
check:
	@tests/install-deps $(BOOT:x86_64=boot)
	@rm -rf $(RESULTS)
	@$(SUB) $(JOBS) all unit-tests
	@$(call side_by_side,$(call bats_runs,$(BATS_WAIT) $(BATS_BUSY)) $(UNIT_RUNS)) || true
	@$(SUB) check-packages || true
	@$(SUB) $(JOBS) $(GUEST_BIN)
	@printf '%s\n' $(BOOT:x86_64=boot) $(GUEST_PARTS) | xargs -P $(BESIDE) -I '{}' $(SUB) 'check-{}' || true
	@tests/tally $(RESULTS)/*.tap

# What needs no guest, within a minute: all but the packages, and with a third of the seeds and of the operations at which is killed.
check-fast: private SEEDS := $(or $(SEEDS),20)
check-fast: private EVERY := $(or $(EVERY),3)
check-fast:
	@tests/install-deps lint
	@rm -rf $(RESULTS)
	@$(SUB) $(JOBS) all unit-tests
	@$(call side_by_side,$(call bats_runs,$(BATS_WAIT)) $(LINT_RUN) $(call bats_runs,$(BATS_BUSY)) $(UNIT_RUNS)) || true
	@tests/tally $(RESULTS)/*.tap

# tests/unit/test-NAME.c is a program of its own; other .c files in that folder are linked to all of them.
unit-tests: $(UNIT_BIN)
$(B)/tests/%: $(B)/obj/tests/unit/%.o $(patsubst %.c,$(B)/obj/%.o,$(UNIT_AUX)) $$(ALL_LIBS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $$($(PKG_CONFIG) --libs $(TEST_PKGS))
-include $(wildcard $(B)/obj/tests/unit/*.d)

# test-cost counts the steps of the rooms that grow with routes and addresses, which are compiled once more for that.
COUNTED := $(patsubst %.c,$(B)/counted/%.o,$(wildcard netsvc/state/*.c netsvc/plan/*predict*.c netsvc/apply/executor*.c) \
             $(addprefix netsvc/plan/,plan.c op.c bond-macs.c ledger-note.c rival-routes.c verify.c) \
             netsvc/model/names.c netsvc/commands/plan-json.c)
$(B)/counted/%.o: LAYER_PKGS := $(TEST_PKGS) $(DL_PKGS)
$(B)/counted/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(BASE_CFLAGS) -O1 -fsanitize-coverage=trace-pc $(call pkgflags,$(LAYER_PKGS)) -c -o $@ $<
$(B)/tests/test-cost: $(B)/obj/tests/unit/test-cost.o $(COUNTED) $(patsubst %.c,$(B)/obj/%.o,$(UNIT_AUX)) $$(ALL_LIBS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $$($(PKG_CONFIG) --libs $(TEST_PKGS))
-include $(wildcard $(COUNTED:.o=.d))
.SECONDARY: $(patsubst %.c,$(B)/obj/%.o,$(UNIT_SRC))

# Lint, programs and files of tests run side by side, in this order; each has a line when it is done. Their small files are made in
# memory, where programs can be run from there: they waited for the disk for most of their time.
IN_MEMORY = $(shell findmnt -n -o FSTYPE,OPTIONS /dev/shm | awk 'END { if (/^tmpfs/ && !/noexec/) print "TMPDIR=/dev/shm" }')
side_by_side = printf '%s\n' $(1) | $(TEST_ENV) $(IN_MEMORY) xargs -P $$(($$(nproc) + $(WAITING))) -L 1 tests/tap-run
UNIT_LONG := $(addprefix $(B)/tests/test-,pairs plan-live job plan-converge picture-plan)
UNIT_RUNS  = $(foreach t,$(patsubst $(B)/tests/%,%,$(UNIT_LONG) $(filter-out $(UNIT_LONG),$(UNIT_BIN))),\
               '$(RESULTS)/unit-$(t).tap timeout $(HANGS) $(B)/tests/$(t) --tap -k')
check-unit: unit-tests
	@$(call side_by_side,$(UNIT_RUNS))

# linux-system-roles' network role, where this machine has it: as a package installs it, or the clone SYSTEM_ROLES_NETWORK=FOLDER.
ROLE := $(firstword $(patsubst %/library/network_connections.py,%,$(wildcard $(addsuffix /library/network_connections.py,\
    $(SYSTEM_ROLES_NETWORK) $(addprefix /usr/share/ansible/roles/,$(addsuffix -system-roles.network,linux rhel fedora))))))

# Those that wait for nearly all of their time begin first, then the longest. Packages are made and installed in a minute of their own.
BATS_WAIT  := try-killed waits faults try try-gone export-live
BATS_LONG  := cli-live import install check kickstart cli completion
BATS_BUSY  := $(BATS_LONG) $(filter-out $(BATS_WAIT) $(BATS_LONG) package $(if $(ROLE),,system-roles),$(patsubst tests/bats/%.bats,%,$(sort $(wildcard tests/bats/*.bats))))
bats_runs   = $(foreach t,$(1),'$(RESULTS)/bats-$(t).tap timeout $(HANGS) bats --tap tests/bats/$(t).bats')
LINT_RUN   := '$(RESULTS)/lint.tap sh -c "echo 1..1; tests/lint && echo ok 1 lint || echo not ok 1 lint"'
check-bats: all
	@$(call side_by_side,$(call bats_runs,$(BATS_WAIT) $(BATS_BUSY)))
check-packages: private IN_MEMORY :=
check-packages: all
	@$(call side_by_side,$(call bats_runs,package))
check-lint:
	@$(call side_by_side,$(LINT_RUN))

# tests/guest/NAME.c are programs that tests run in there.
GUEST_BIN := $(patsubst tests/guest/%.c,$(B)/tests/%,$(wildcard tests/guest/*.c))
GUEST_AUX := $(addprefix tests/unit/,picture-text.c random-ops.c random-config.c random-foreign.c)
$(GUEST_BIN): $(B)/tests/%: $(B)/obj/tests/guest/%.o $(call obj,$(GUEST_AUX)) $$(ALL_LIBS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $$($(PKG_CONFIG) --libs $(TEST_PKGS))
-include $(wildcard $(B)/obj/tests/guest/*.d)

# Parts of about the same length, a boot each: the files are dealt out, the longest first. What hangs is ended by tests/lab/run.
GUEST_PARTS := guest-1 guest-2 guest-3 guest-4
GUEST_LONG  := $(patsubst %,tests/guest/%.bats,cases try states pairs devices dhcp commands mistakes waits)
GUEST_FILES := $(GUEST_LONG) $(filter-out $(GUEST_LONG),$(sort $(wildcard tests/guest/*.bats)))
GUEST_SECONDS ?= 4200
guest_part = $(shell printf '%s\n' $(GUEST_FILES) | awk 'NR % 8 == $(1) || NR % 8 == 9 - $(1) || NR % 8 == 1 - $(1)')
check-guest: all $(GUEST_BIN)
	@printf '%s\n' $(GUEST_PARTS) | xargs -P $(BESIDE) -I '{}' $(SUB) 'check-{}'
check-guest-%: all $(GUEST_BIN)
	@$(TEST_ENV) LAB_TIMEOUT=$(GUEST_SECONDS) tests/tap-run $(RESULTS)/guest-$*.tap \
	    tests/lab/run bats --tap $(call guest_part,$*)

# A real systemd, in a guest of its own: a boot a stage. Its disk is a Debian like this machine; sanitized programs are the other
# guest's affair.
BOOT := $(if $(wildcard /etc/debian_version),$(if $(filter 1,$(SANITIZE)),,$(filter x86_64,$(shell uname -m))))
check-boot: all
	@tests/install-deps boot
	@$(TEST_ENV) tests/tap-run $(RESULTS)/boot.tap tests/boot/run

# A coverage-guided run of every parser; what it finds stays in build-fuzz/NAME for the next run.
SECONDS  ?= 60
FUZZ_SRC := $(wildcard tests/fuzz/fuzz-*.c)
FUZZ_BIN := $(patsubst tests/fuzz/%.c,build-fuzz/%,$(FUZZ_SRC))
FUZZ_LIB := $(PARSER_SRC) $(wildcard netsvc/kickstart/*.c)
FUZZ_CC  ?= clang
build-fuzz/%: tests/fuzz/%.c $(FUZZ_LIB) $(wildcard $(PARSER_ROOMS:%=%/*.h))
	@mkdir -p $(@D)
	$(call say,FUZZ,$@)
	$(Q)$(FUZZ_CC) -std=gnu17 -g -O1 -D_GNU_SOURCE -DNETSVC_VERSION='"$(VERSION)"' -fsanitize=fuzzer,address,undefined \
	    -fno-sanitize-recover=undefined $(PARSER_ROOMS:%=-I%) -Inetsvc $(call pkgflags,$(PARSER_PKGS)) -o $@ $< $(FUZZ_LIB) \
	    $$($(PKG_CONFIG) --libs $(PARSER_PKGS))
fuzz:
	@tests/install-deps clang
	@$(SUB) fuzz-run
fuzz-run: all $(FUZZ_BIN)
	@[ -n '$(FUZZ_BIN)' ] || { echo 'there is nothing in tests/fuzz' >&2; exit 1; }
	@each=$$(($(SECONDS) / $(words $(FUZZ_BIN)))); for f in $(FUZZ_BIN); do tests/fuzz/run $$f $$each || exit 1; done

lint:
	@tests/install-deps lint
	@tests/lint

demo:
	@tests/install-deps demo
	@$(SUB) $(JOBS) all
	@tests/lab/run tests/demo

bench:
	@tests/install-deps
	@$(SUB) $(JOBS) all
	@B=$(B) tests/bench/run

.PHONY: deps check check-fast unit-tests check-unit check-bats check-packages check-lint check-guest check-boot fuzz fuzz-run lint demo bench
