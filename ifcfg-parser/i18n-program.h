/* What a program does once for its messages, and a library never. */
#ifndef I18N_PROGRAM_H
#define I18N_PROGRAM_H

#include "i18n.h"
#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

/** Takes language and character set from the environment, and nothing else of it: numbers stay as they are.
 * The catalogs' folder is that of the installation and no variable moves it, since these programs run as
 * root. Text inside is UTF-8 (GLib, the journal), so that a locale of another character set has English
 * messages. Opens no catalog where the locale is C. */
static inline void i18n_begin(void)
{
    setlocale(LC_CTYPE, "");
    setlocale(LC_MESSAGES, strcmp(nl_langinfo(CODESET), "UTF-8") == 0 ? "" : "C");
    bindtextdomain(GETTEXT_PACKAGE, NETSVC_LOCALEDIR);
    bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
    textdomain(GETTEXT_PACKAGE);
}

#endif
