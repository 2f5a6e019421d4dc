/* What a program does once for its messages, and a library never. */
#ifndef I18N_PROGRAM_H
#define I18N_PROGRAM_H

#include "i18n.h"
#include <libintl.h>
#include <locale.h>

/** Takes the locale of the environment. The catalogs' folder is that of the installation and no variable
 * moves it: these programs run as root. Text inside is UTF-8 (GLib, the journal), so that a locale of another
 * character set has English messages. Reads no file where the locale is C. */
static inline void i18n_begin(void)
{
    setlocale(LC_ALL, "");
    if (!g_get_charset(NULL))
        setlocale(LC_MESSAGES, "C");
    bindtextdomain(GETTEXT_PACKAGE, NETSVC_LOCALEDIR);
    bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
    textdomain(GETTEXT_PACKAGE);
}

#endif
