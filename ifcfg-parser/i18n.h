/* Messages in the reader's language: _("text") where it is made, N_("text") in tables, whose users say _().
 */
#ifndef I18N_H
#define I18N_H

/* One catalog for library and programs. dgettext: another program that uses libifcfg has a domain of its own.
 */
#define GETTEXT_PACKAGE "netsvc"
#include <glib/gi18n-lib.h>

/** The one of two texts that fits @n, for plurals. Both are formats. */
#define P_(one, many, n) g_dngettext(GETTEXT_PACKAGE, one, many, n)

#endif
