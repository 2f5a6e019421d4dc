/* What a program does once for its messages, and a library never. */
#ifndef I18N_PROGRAM_H
#define I18N_PROGRAM_H

#include "i18n.h"
#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

/** Whether the environment asks for English (setlocale(3): the first of these that is set counts). LANGUAGE
 * chooses among catalogs in all locales but C. */
static inline gboolean i18n_is_english(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *locale = NULL, *language = getenv("LANGUAGE");

    for (gsize i = 0; i < G_N_ELEMENTS(names) && !(locale && *locale); i++)
        locale = getenv(names[i]);
    if (!locale || !*locale || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
        return TRUE;
    return g_str_has_prefix(locale, "C.") && !(language && *language);
}

/** Takes language and character set from the environment, and nothing else of it: numbers stay as they are.
 * The catalogs' folder is that of the installation and no variable moves it, since these programs run as
 * root. Text inside is UTF-8 (GLib, the journal), so that a locale of another character set has English
 * messages. Opens no file where that is English. */
static inline void i18n_begin(void)
{
    if (i18n_is_english())
        return;
    setlocale(LC_CTYPE, "");
    setlocale(LC_MESSAGES, strcmp(nl_langinfo(CODESET), "UTF-8") == 0 ? "" : "C");
    bindtextdomain(GETTEXT_PACKAGE, NETSVC_LOCALEDIR);
    bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
    textdomain(GETTEXT_PACKAGE);
}

#endif
