/* Messages in the reader's language: _("text") where it is made, N_("text") in tables, whose users say _(). A
 * message is a whole sentence, never put together from halves, since words stand in another order elsewhere;
 * two cases are two sentences. Numbers that change the words go through P_(). No macro of ours stands inside
 * the brackets (xgettext does not expand them; PRId64 is known to it). Not for: labels of status lines, JSON
 * keys, --tsv, operations of a plan, contents of files, names of keys and options, journal fields other than
 * MESSAGE. Afterwards: make pot, and translate what is new in netsvc/po. */
#ifndef I18N_H
#define I18N_H

/* One catalog for library and programs. dgettext: another program that uses libifcfg has a domain of its own.
 */
#define GETTEXT_PACKAGE "netsvc"
#include <glib/gi18n-lib.h>

/** The one of two texts that fits @n, for plurals. Both are formats. */
#define P_(one, many, n) g_dngettext(GETTEXT_PACKAGE, one, many, n)

#endif
