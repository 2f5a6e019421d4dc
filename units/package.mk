# libifcfg for other programs, and the rpm and deb packages. Included by the Makefile.
# Packages of 64 bit Red Hat systems and of Debian pass another one.
libdir ?= $(prefix)/lib

# --- The shared library: the symbols are those that the public headers declare, its number is theirs.
LIB_HEADERS := $(wildcard $(foreach h,$(shell sed -n 's/^#include "\(.*\)"/\1/p' ifcfg-parser/ifcfg.h) ifcfg.h,$(PARSER_ROOMS:%=%/$(h))))
LIB_MAJOR   := $(shell sed -n 's/^.define IFCFG_API_MAJOR //p' ifcfg-parser/ifcfg.h)
LIB_SHARED  := $(B)/libifcfg.so.$(LIB_MAJOR)
LIBDIR      := $(DESTDIR)$(libdir)
INCLUDEDIR  := $(DESTDIR)$(prefix)/include/ifcfg

all: $(LIB_SHARED)
# The archive's objects are the shared library's; CFLAGS from the command line would win over a plain +=.
$(call obj,$(PARSER_SRC)): override CFLAGS += -fPIC
$(call obj,$(PARSER_SRC)): units/package.mk

$(B)/libifcfg.map: $(LIB_HEADERS)
	@mkdir -p $(@D)
	$(Q){ echo 'LIBIFCFG_$(LIB_MAJOR) {'; echo 'global:'; \
	    grep -ohE '\b(ifcfg|link)_[a-z0-9_]+\(' $^ | sort -u | sed 's/($$/;/'; echo 'local: *;'; echo '};'; } >$@

$(LIB_SHARED): $(call obj,$(PARSER_SRC)) $(B)/libifcfg.map
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) $(HARDEN) $(LDFLAGS) -shared -Wl,--hash-style=both -Wl,-soname,$(@F) -Wl,--version-script=$(B)/libifcfg.map -o $@ \
	    $(filter %.o,$^) $$($(PKG_CONFIG) --libs $(PARSER_PKGS))

install: install-lib
install-lib: all
	install -d $(LIBDIR)/pkgconfig $(INCLUDEDIR) $(DOC)/libifcfg
	install -m 644 $(B)/libifcfg.a $(LIBDIR)/
	install -m 755 $(LIB_SHARED) $(LIBDIR)/
	ln -sf $(notdir $(LIB_SHARED)) $(LIBDIR)/libifcfg.so
	install -m 644 $(LIB_HEADERS) $(INCLUDEDIR)/
	install -m 644 ifcfg-parser/README.md $(wildcard ifcfg-parser/example/*.c) $(DOC)/libifcfg/
	sed -e 's|@prefix@|$(prefix)|' -e 's|@libdir@|$(libdir)|' -e 's|@version@|$(VERSION)|' \
	    ifcfg-parser/libifcfg.pc.in >$(LIBDIR)/pkgconfig/libifcfg.pc

uninstall: uninstall-lib
uninstall-lib:
	rm -f $(LIBDIR)/libifcfg.a $(LIBDIR)/libifcfg.so $(LIBDIR)/$(notdir $(LIB_SHARED)) $(LIBDIR)/pkgconfig/libifcfg.pc
	rm -rf $(INCLUDEDIR)

# --- Packages
# What packages hold: as installed, but ifup and the like stand aside with their manual pages, for other packages have
# files of these names (NetworkManager, ifupdown, ifenslave, iputils). Links to them are made on the machine. A file of these
# names with completions for bash is bash-completion's, and is about ifupdown: ours is told of where it looks first.
ASIDE       := $(prefix)/libexec/netsvc
PAGES_ASIDE ?= $(LINKS)
MAN8        := $(DESTDIR)$(prefix)/share/man/man8
install-package: install
	install -d $(DESTDIR)$(ASIDE) $(DESTDIR)$(sysconfdir)/sysconfig/network-scripts
	for l in $(LINKS); do rm $(SBIN)/$$l && ln -s ../../sbin/netsvc $(DESTDIR)$(ASIDE)/$$l || exit 1; done
	for l in $(PAGES_ASIDE); do mv $(MAN8)/$$l.8 $(MAN8)/$$l-netsvc.8 || exit 1; done
	rm $(LINKS:%=$(DESTDIR)$(prefix)/share/bash-completion/completions/%)
	install -D -m 644 netsvc/completion/aside.bash $(DESTDIR)$(sysconfdir)/bash_completion.d/netsvc

PACKAGES  := $(CURDIR)/build/packages
DIST_NAME := netsvc-$(VERSION)
# The specification in the archive has the version written out, since rpmbuild -ta reads nothing else of it.
dist:
	@rm -rf $(PACKAGES)/dist && mkdir -p $(PACKAGES)/dist
	$(Q){ echo '%global netsvc_version $(VERSION)'; cat netsvc.spec; } >$(PACKAGES)/dist/netsvc.spec
	$(Q)tar -czf $(PACKAGES)/$(DIST_NAME).tar.gz --owner=root:0 --group=root:0 --transform 's|^|$(DIST_NAME)/|' \
	    $(filter-out build% netsvc.spec,$(wildcard *)) -C $(PACKAGES)/dist netsvc.spec
	$(call say,TAR,build/packages/$(DIST_NAME).tar.gz)

# Where rpm is not what keeps the packages (Debian), its data base is empty, so that no build dependency is ever met, and
# its script that compresses manual pages wants another shell.
RPM_FOREIGN = $(shell rpm -q rpm >/dev/null 2>&1 || echo "--nodeps --define '__brp_compress /bin/true'")
define rpmbuild
	$(Q)rm -rf $(PACKAGES)/rpmbuild $(PACKAGES)/*.rpm
	$(Q)env -u MAKEFLAGS -u MAKELEVEL rpmbuild --quiet $(RPM_FOREIGN) $(RPMFLAGS) --define '_topdir $(PACKAGES)/rpmbuild' \
	    --define '_rpmdir $(PACKAGES)' --define '_srcrpmdir $(PACKAGES)' \
	    --define '_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' $(1)
	$(Q)rm -rf $(PACKAGES)/rpmbuild
	$(Q)for f in $(PACKAGES)/*.rpm; do printf '  RPM  %s\n' "$${f#$(CURDIR)/}"; done
endef
rpm: dist
	$(call rpmbuild,-ta $(PACKAGES)/$(DIST_NAME).tar.gz)
# Packs what is built already, in seconds; for tests.
rpm-quick: all
	$(call rpmbuild,-bb --build-in-place --without check --define 'netsvc_version $(VERSION)' netsvc.spec)

MULTIARCH = $(shell dpkg-architecture -qDEB_HOST_MULTIARCH)
DEB_STAGE := $(PACKAGES)/deb
deb: all
	$(Q)rm -rf $(DEB_STAGE) $(PACKAGES)/*.deb
	$(Q)$(MAKE) --no-print-directory -s install-package DESTDIR=$(DEB_STAGE)/netsvc prefix=/usr sysconfdir=/etc libdir=/usr/lib/$(MULTIARCH) \
	    >/dev/null
	$(Q)units/debian/make-deb $(DEB_STAGE) $(VERSION) '$(MAINTAINER)' $(PACKAGES)
	$(Q)rm -rf $(DEB_STAGE)
	$(Q)for f in $(PACKAGES)/*.deb; do printf '  DEB  %s\n' "$${f#$(CURDIR)/}"; done

# dpkg-source wants the folder debian/ at the top.
deb-source: dist
	$(Q)cd $(PACKAGES)/dist && tar -xzf ../$(DIST_NAME).tar.gz && mkdir -p $(DIST_NAME)/debian/source && \
	    cp $(wildcard $(CURDIR)/units/debian/*) $(DIST_NAME)/debian/ && \
	    sed -i 's/^Maintainer:.*/Maintainer: $(MAINTAINER)/' $(DIST_NAME)/debian/control && \
	    echo '3.0 (native)' >$(DIST_NAME)/debian/source/format && \
	    $(DIST_NAME)/units/debian/make-changelog $(VERSION) '$(MAINTAINER)' >$(DIST_NAME)/debian/changelog && \
	    dpkg-source -b $(DIST_NAME) >/dev/null && mv netsvc_$(VERSION).dsc netsvc_$(VERSION).tar.* ..
	$(Q)rm -rf $(PACKAGES)/dist/$(DIST_NAME)
	$(call say,DSC,build/packages/netsvc_$(VERSION).dsc)

.PHONY: install-lib uninstall-lib install-package dist rpm rpm-quick deb deb-source
