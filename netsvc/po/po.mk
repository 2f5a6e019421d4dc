# Catalogs of the messages: compiled, installed, and kept up to date with the sources. Included by the Makefile.
PO         := $(wildcard netsvc/po/*.po)
LANGUAGES  := $(PO:netsvc/po/%.po=%)
MO         := $(LANGUAGES:%=$(B)/locale/%/LC_MESSAGES/netsvc.mo)
LOCALE_DIR := $(DESTDIR)$(localedir)
POT        := netsvc/po/netsvc.pot

# The programs hold the catalogs' folder, so that another prefix makes these objects anew.
$(B)/localedir: always
	@mkdir -p $(@D)
	@echo '$(localedir)' | cmp -s - $@ || echo '$(localedir)' >$@
I18N_PROGRAMS := $(B)/obj/netsvc/commands/main.o $(B)/obj/ifcfg-parser/ifcfg-parse.o $(B)/obj/netsvc/usernetctl/usernetctl.o
$(I18N_PROGRAMS): $(B)/localedir
$(I18N_PROGRAMS): private override CFLAGS += -DNETSVC_LOCALEDIR='"$(localedir)"'

all: $(MO)
$(B)/locale/%/LC_MESSAGES/netsvc.mo: netsvc/po/%.po
	@mkdir -p $(@D)
	@command -v msgfmt >/dev/null || { echo 'msgfmt is missing, it makes the translations: install gettext (or run make deps)' >&2; exit 1; }
	$(call say,MO,$@)
	$(Q)msgfmt -c -o $@.tmp $< && mv $@.tmp $@

# Every source, in a fixed order. Places and a header are left out: they would change with every commit.
POT_SRC = $(sort $(wildcard ifcfg-parser/*.[ch] ifcfg-parser/*/*.[ch] netsvc/*/*.[ch] netsvc/*/*/*.[ch]))
define xgettext
xgettext --language=C --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=P_:1,2 --add-comments=TRANSLATORS: \
    --no-location --omit-header -o $(1) $(POT_SRC)
endef
pot:
	$(Q)$(call xgettext,$(POT))
	$(Q)for po in $(PO); do msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-location --no-wrap $$po $(POT) || exit 1; done
# For the test that nobody forgot to run the above.
$(B)/netsvc.pot: always
	@mkdir -p $(@D)
	$(Q)$(call xgettext,$@)

install: install-locale
install-locale: $(MO)
	for l in $(LANGUAGES); do \
	    install -D -m 644 $(B)/locale/$$l/LC_MESSAGES/netsvc.mo $(LOCALE_DIR)/$$l/LC_MESSAGES/netsvc.mo || exit 1; done

uninstall: uninstall-locale
uninstall-locale:
	rm -f $(LANGUAGES:%=$(LOCALE_DIR)/%/LC_MESSAGES/netsvc.mo)

.PHONY: always pot install-locale uninstall-locale
