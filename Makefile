# Builds libifcfg, ifcfg-parse and netsvc; SANITIZE=1 builds the same with ASan and UBSan in a folder of its own.
prefix     ?= /usr
localedir  ?= $(prefix)/share/locale
sysconfdir ?= /etc
DESTDIR    ?=
V          ?= 0

CC         ?= cc
AR         ?= ar
PKG_CONFIG ?= pkg-config
VERSION    := 0.1.0

ifeq ($(SANITIZE),1)
B := build-san
SANFLAGS := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -O1
else
B := build
SANFLAGS := -O2 -D_FORTIFY_SOURCE=2
endif

# Whoever builds a package says who looks after it.
MAINTAINER ?= netsvc maintainers <maintainers@netsvc.example>
# All symbols are found at the start, and their table is read only then.
HARDEN := -Wl,-z,relro,-z,now

WARN := -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes -Wmissing-prototypes \
        -Wformat=2 -Wpointer-arith -Wwrite-strings -Wundef -Werror
# A room sees only the rooms before it: value < read < keys, options < route < write < model < state < plan < kinds, services < writing < dl < apply <
# apply/kernel < console < history < session < trial < kickstart < foreign < export < migrate < commands; only apply/kernel/ sees libnl.
PARSER_PKGS := glib-2.0
MODEL_PKGS  := glib-2.0
KERNEL_PKGS := glib-2.0 libnl-3.0 libnl-route-3.0
# Headers only: dl/ loads these when first used.
DL_PKGS     := libkmod json-glib-1.0 libsystemd yaml-0.1

Q := $(if $(filter 1,$(V)),,@)
say = @printf '  %-4s %s\n' '$(1)' '$(2)'

CFLAGS ?= -g
# The oldest glib among the systems it is for is EL 9's: what is younger must not be used.
GLIB_FLAGS = -DGLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_68 -DGLIB_VERSION_MAX_ALLOWED=GLIB_VERSION_2_68
BASE_CFLAGS = -std=gnu17 $(SANFLAGS) $(WARN) $(CFLAGS) -D_GNU_SOURCE $(GLIB_FLAGS) -DNETSVC_VERSION='"$(VERSION)"' -MMD -MP \
              $(PARSER_ROOMS:%=-I%) -Inetsvc

PARSER_ROOMS := ifcfg-parser $(addprefix ifcfg-parser/,value read keys options route write)
PARSER_SRC := $(filter-out ifcfg-parser/ifcfg-parse.c,$(wildcard $(PARSER_ROOMS:%=%/*.c)))
CORE_SRC   := $(wildcard netsvc/model/*.c netsvc/state/*.c netsvc/plan/*.c netsvc/kinds/*.c netsvc/services/*.c netsvc/writing/*.c)
APPLY_SRC  := $(wildcard netsvc/apply/*.c netsvc/apply/kernel/*.c netsvc/dl/*.c)
TOP_SRC    := $(filter-out netsvc/commands/main.c,$(wildcard netsvc/console/*.c netsvc/history/*.c netsvc/session/*.c netsvc/trial/*.c netsvc/kickstart/*.c netsvc/foreign/*.c netsvc/export/*.c netsvc/migrate/*.c netsvc/commands/*.c))
obj = $(patsubst %.c,$(B)/obj/%.o,$(1))

.DEFAULT_GOAL := all
# What people type besides `make` and `make install`. How each is done: tests/tests.mk, units/package.mk, netsvc/po/po.mk.
demo:    # a server with two bonds in a sandbox, a tour
check:   # all tests; SANITIZE=1: under ASan and UBSan
check-fast: # most of those that need no virtual machine, and lint, in a minute
bench:   # beside ip -batch and ifupdown-ng
fuzz:    # every parser, for SECONDS=60
lint:    # format, sizes, layers, cppcheck
rpm deb: # packages, in build/packages
pot:     # the messages for translators
include tests/tests.mk
include units/package.mk

BINS := $(B)/ifcfg-parse $(B)/netsvc $(B)/usernetctl
all: $(B)/libifcfg.a $(BINS)

pkgflags = $(shell $(PKG_CONFIG) --cflags $(1))
$(B)/obj/ifcfg-parser/%.o: LAYER_PKGS := $(PARSER_PKGS)
$(B)/obj/ifcfg-parser/ifcfg-parse.o: LAYER_PKGS := $(PARSER_PKGS) json-glib-1.0
$(B)/obj/netsvc/%.o: LAYER_PKGS := $(MODEL_PKGS)
$(B)/obj/netsvc/apply/kernel/%.o: LAYER_PKGS := $(KERNEL_PKGS) $(DL_PKGS)
$(addprefix $(B)/obj/netsvc/,dl/%.o apply/%.o console/%.o history/%.o session/%.o trial/%.o foreign/%.o export/%.o commands/%.o): LAYER_PKGS := $(MODEL_PKGS) $(DL_PKGS)
$(B)/obj/tests/%.o: LAYER_PKGS := $(KERNEL_PKGS) $(DL_PKGS)

$(B)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(BASE_CFLAGS) $(call pkgflags,$(LAYER_PKGS)) -c -o $@ $<

$(B)/libifcfg.a: $(call obj,$(PARSER_SRC))
$(B)/libnetsvc-core.a: $(call obj,$(CORE_SRC))
$(B)/libnetsvc-apply.a: $(call obj,$(APPLY_SRC))
$(B)/libnetsvc-top.a: $(call obj,$(TOP_SRC))
$(B)/%.a:
	@mkdir -p $(@D)
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

ALL_LIBS := $(B)/libnetsvc-top.a $(B)/libnetsvc-apply.a $(B)/libnetsvc-core.a $(B)/libifcfg.a

$(B)/ifcfg-parse: $(B)/obj/ifcfg-parser/ifcfg-parse.o $(B)/libifcfg.a
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) $(HARDEN) $(LDFLAGS) -o $@ $^ $$($(PKG_CONFIG) --libs glib-2.0 json-glib-1.0)

$(B)/netsvc: $(B)/obj/netsvc/commands/main.o $(ALL_LIBS)
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) $(HARDEN) $(LDFLAGS) -o $@ $^ $$($(PKG_CONFIG) --libs $(KERNEL_PKGS))

# One calls the other by its place, and scripts, so that another prefix makes these objects anew.
$(B)/sbindir: always
	@mkdir -p $(@D)
	@echo '$(prefix)/sbin' | cmp -s - $@ || echo '$(prefix)/sbin' >$@
SBIN_CALLERS := $(addprefix $(B)/obj/netsvc/,usernetctl/usernetctl.o commands/updown.o services/dhcp-command.o services/dhcp-dhclient.o services/hostname.o)
$(SBIN_CALLERS): $(B)/sbindir
$(SBIN_CALLERS): private override CFLAGS += -DNETSVC_SBIN='"$(prefix)/sbin"' \
    -DNETSVC_LIBEXEC='"$(prefix)/libexec/netsvc"'

# Set-user-ID root: it sees the parser alone, and is built to resist.
$(B)/obj/netsvc/usernetctl/%.o: LAYER_PKGS := $(PARSER_PKGS)
$(B)/obj/netsvc/usernetctl/%.o: override CFLAGS += -fPIE -fstack-protector-strong
$(B)/usernetctl: $(B)/obj/netsvc/usernetctl/usernetctl.o $(B)/libifcfg.a
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) $(HARDEN) $(LDFLAGS) -pie -o $@ $^ $$($(PKG_CONFIG) --libs $(PARSER_PKGS))
-include $(B)/obj/netsvc/usernetctl/usernetctl.d

-include $(patsubst %.o,%.d,$(call obj,$(PARSER_SRC) $(CORE_SRC) $(APPLY_SRC) $(TOP_SRC) netsvc/commands/main.c ifcfg-parser/ifcfg-parse.c))

# /etc/init.d is a link to rc.d/init.d on Red Hat systems and a folder elsewhere.
SBIN := $(DESTDIR)$(prefix)/sbin
INITD := $(DESTDIR)$(sysconfdir)/rc.d/init.d
SCRIPTS := $(DESTDIR)$(sysconfdir)/sysconfig/network-scripts
DOC  := $(DESTDIR)$(prefix)/share/doc/netsvc
EXAMPLES = $(shell find sysconfig-examples -type f)
LINKS := ifup ifdown ifenslave
LIBEXEC := $(DESTDIR)$(prefix)/libexec/netsvc
UNITDIR := $(DESTDIR)$(prefix)/lib/systemd/system
CATALOG := $(DESTDIR)$(prefix)/lib/systemd/catalog
UDEVDIR := $(DESTDIR)$(prefix)/lib/udev
UNITS := $(notdir $(wildcard units/*.service units/*.path))
SANDBOXED := network.service netsvc-hotplug.service
RULES := $(notdir $(wildcard units/*.rules))

# A file that names our programs by their paths, for another prefix too. Arguments: mode, file, where to.
install_text = rm -f $(3) && sed -e '' $(if $(filter /usr,$(prefix)),,-e 's|/usr/sbin/netsvc|$(prefix)/sbin/netsvc|' \
    -e 's|/usr/bin/ifcfg-parse|$(prefix)/bin/ifcfg-parse|' -e 's|/usr/lib/udev/|$(prefix)/lib/udev/|' -e 's|^PATH=|&$(prefix)/sbin:|') $(2) >$(3) && chmod $(1) $(3)

# Another package's ifup, ifdown or ifenslave stays, unless FORCE=1 says that it may go, or LINKS= that we have none.
# Links to netsvc are ours, and so are those of update-alternatives, which install-package leaves alone.
is_ours = [ "$$(readlink $(SBIN)/$(1))" = netsvc ]
check_links:
	@for l in $(if $(FORCE),,$(LINKS)); do \
	    if { [ -e $(SBIN)/$$l ] || [ -L $(SBIN)/$$l ]; } && ! $(call is_ours,$$l); then \
	        owner=$$({ dpkg -S $(prefix)/sbin/$$l || dpkg -S /sbin/$$l || rpm -qf --qf '%{NAME}: \n' $(prefix)/sbin/$$l; } 2>/dev/null | sed 's/: .*//;q'); \
	        echo "$(SBIN)/$$l is there already, and is not netsvc's$${owner:+ (package $$owner)}: install the package (make deb, make rpm)," \
	            "which leaves it alone, or say FORCE=1 to replace it, or LINKS= to go without ifup, ifdown and ifenslave" >&2; exit 1; fi; done

install: check_links all
	install -d $(SBIN) $(DESTDIR)$(prefix)/bin $(INITD) $(DOC)
	install -m 755 $(B)/netsvc $(SBIN)/netsvc
	install -m 4755 $(B)/usernetctl $(SBIN)/usernetctl
	for l in $(LINKS); do ln -sf netsvc $(SBIN)/$$l || exit 1; done
	install -m 755 $(B)/ifcfg-parse $(DESTDIR)$(prefix)/bin/ifcfg-parse
	$(call install_text,755,init.d/network,$(INITD)/network)
	install -d $(SCRIPTS)
	$(call install_text,644,hooks/network-functions,$(SCRIPTS)/network-functions)
	install -m 755 hooks/ifup-eth hooks/ifdown-eth $(SCRIPTS)/
	[ -L $(DESTDIR)$(sysconfdir)/init.d ] || { install -d $(DESTDIR)$(sysconfdir)/init.d && \
	    ln -sf ../rc.d/init.d/network $(DESTDIR)$(sysconfdir)/init.d/network; }
	install -d $(LIBEXEC) && install -m 755 hooks/dhclient-script hooks/dhcpcd-script hooks/udhcpc-script hooks/hostname-lookup $(LIBEXEC)/
	install -m 644 hooks/lease-names $(LIBEXEC)/
	install -d -m 700 $(DESTDIR)/var/lib/netsvc
	install -d $(UNITDIR) $(CATALOG) $(UDEVDIR)/rules.d
	$(foreach u,$(UNITS),$(call install_text,644,units/$(u),$(UNITDIR)/$(u)) &&) true
	for u in $(SANDBOXED); do install -D -m 644 units/sandbox.conf $(UNITDIR)/$$u.d/50-sandbox.conf || exit 1; done
	ln -sf ../../sbin/netsvc $(UDEVDIR)/netsvc-rename
	$(foreach r,$(RULES),$(call install_text,644,units/$(r),$(UDEVDIR)/rules.d/$(r)) &&) true
	install -m 644 units/netsvc.catalog $(CATALOG)/netsvc.catalog
	install -m 644 LICENSE README.md netsvc/doc/quickstart.md netsvc/doc/quickstart.ja.md netsvc/doc/architecture.md $(DOC)/
	for f in $(EXAMPLES); do install -D -m 644 "$$f" "$(DOC)/$$f" || exit 1; done
	$(if $(DESTDIR)$(MAKELEVEL:0=),,@echo; echo 'Installed; nothing is started. Next, where systemd runs:'; \
	    echo '    systemctl daemon-reload; udevadm control --reload; journalctl --update-catalog; systemctl enable network'; \
	    echo 'To take over a network that is up: README.md, "Switch a live server over, and back".')

uninstall:
	for l in $(LINKS); do ! $(call is_ours,$$l) || rm -f $(SBIN)/$$l || exit 1; done
	rm -f $(SBIN)/netsvc $(SBIN)/usernetctl $(DESTDIR)$(prefix)/bin/ifcfg-parse $(INITD)/network
	[ -L $(DESTDIR)$(sysconfdir)/init.d ] || rm -f $(DESTDIR)$(sysconfdir)/init.d/network
	rm -f $(SCRIPTS)/network-functions $(SCRIPTS)/ifup-eth $(SCRIPTS)/ifdown-eth
	rm -rf $(SANDBOXED:%=$(UNITDIR)/%.d) $(UDEVDIR)/netsvc-rename
	rm -f $(UNITS:%=$(UNITDIR)/%) $(RULES:%=$(UDEVDIR)/rules.d/%) $(CATALOG)/netsvc.catalog
	rm -rf $(DOC) $(LIBEXEC)
	rmdir $(DESTDIR)/var/lib/netsvc 2>/dev/null || :

include netsvc/man/man.mk
include netsvc/po/po.mk

clean:
	rm -rf build build-san build-fuzz

.PHONY: all install uninstall clean check_links
# Long lines of file names; V=1 shows them. What is left on the screen is what to do next.
$(if $(Q),.SILENT: install install-lib install-man install-locale uninstall uninstall-lib uninstall-man uninstall-locale)
