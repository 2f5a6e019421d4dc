# Manual pages, made with the program's own tables, and shell completion. Included by the Makefile.
MAN_DIR   := $(B)/man
MAN_SRC   := $(wildcard netsvc/man/*.[1-8])
MAN_IN    := $(wildcard netsvc/man/*.[1-8].in)
# build/man/man8/netsvc.8: laid out as installed, so that `man -M build/man netsvc` works too.
man_page   = $(foreach p,$(1),$(MAN_DIR)/man$(patsubst .%,%,$(suffix $(p)))/$(notdir $(p)))
MAN_PAGES := $(call man_page,$(MAN_SRC) $(MAN_IN:.in=))

BASH_COMPLETIONS := $(DESTDIR)$(prefix)/share/bash-completion/completions
ZSH_FUNCTIONS    := $(DESTDIR)$(prefix)/share/zsh/site-functions
MAN_INSTALL      := $(DESTDIR)$(prefix)/share/man

all: man
man: $(MAN_PAGES)

$(B)/obj/netsvc/man/%.o: LAYER_PKGS := $(PARSER_PKGS)
-include $(B)/obj/netsvc/man/man-tables.d
$(B)/man-tables: $(B)/obj/netsvc/man/man-tables.o $(B)/libifcfg.a
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $$($(PKG_CONFIG) --libs $(PARSER_PKGS))

define man_plain_rule
$(call man_page,$(1)): $(1)
	@mkdir -p $$(@D)
	$$(Q)cp $$< $$@
endef
define man_table_rule
$(call man_page,$(1:.in=)): $(1) $(B)/man-tables
	@mkdir -p $$(@D)
	$$(call say,MAN,$$@)
	$$(Q)$(B)/man-tables $$< >$$@.tmp && mv $$@.tmp $$@
endef
$(foreach p,$(MAN_SRC),$(eval $(call man_plain_rule,$(p))))
$(foreach p,$(MAN_IN),$(eval $(call man_table_rule,$(p))))

# Whether pages of other programs are installed here says nothing about ours; tests/bats/man.bats looks up our own.
lint-man: man
	@command -v mandoc >/dev/null || { echo 'lint-man: mandoc is not installed' >&2; exit 1; }
	@! mandoc -Tlint -W style $(MAN_PAGES) 2>/dev/null | grep -v 'referenced manual not found'

install: install-man
install-man: man
	for p in $(MAN_PAGES:$(MAN_DIR)/%=%); do install -D -m 644 $(MAN_DIR)/$$p $(MAN_INSTALL)/$$p || exit 1; done
	install -d $(BASH_COMPLETIONS) $(ZSH_FUNCTIONS)
	install -m 644 netsvc/completion/netsvc.bash $(BASH_COMPLETIONS)/netsvc
	for l in $(LINKS) ifcfg-parse; do ln -sf netsvc $(BASH_COMPLETIONS)/$$l || exit 1; done
	install -m 644 netsvc/completion/_netsvc $(ZSH_FUNCTIONS)/_netsvc

uninstall: uninstall-man
uninstall-man:
	rm -f $(addprefix $(MAN_INSTALL)/,$(MAN_PAGES:$(MAN_DIR)/%=%))
	rm -f $(addprefix $(BASH_COMPLETIONS)/,netsvc ifcfg-parse $(LINKS)) $(ZSH_FUNCTIONS)/_netsvc

.PHONY: man lint-man install-man uninstall-man
