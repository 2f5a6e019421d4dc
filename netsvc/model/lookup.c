/* Interfaces by what people call them, and what was meant by a name that no file has. */
#include "i18n.h"
#include "ifcfg-keys.h"
#include "model/iface.h"
#include "model/kind.h"
#include "model/model-private.h"
#include <string.h>

static void guess_from(const char *name, const char *candidate, const char **best, guint *best_distance)
{
    guint distance = candidate ? ifcfg_text_distance(name, candidate) : G_MAXUINT;

    if (distance < *best_distance) {
        *best = candidate;
        *best_distance = distance;
    }
}

/* eth1 is no slip for eth0: where names differ in nothing but their number, somebody meant that number. */
static gboolean differs_in_number(const char *a, const char *b)
{
    gsize a_stem = strcspn(a, "0123456789"), b_stem = strcspn(b, "0123456789");
    return a_stem == b_stem && !g_ascii_strncasecmp(a, b, a_stem) && strcmp(a + a_stem, b + b_stem) != 0;
}

const char *net_model_guess(const NetModel *self, const char *name, const char *kind)
{
    guint best_distance = MAX(2, ifcfg_guess_limit(name) + 1);
    const char *best = NULL;

    for (guint i = 0; i < net_model_length(self); i++) {
        const NetIface *iface = net_model_nth(self, i);
        if (iface->form != IFCFG_ENTRY_MAIN || (kind && strcmp(iface->kind->name, kind) != 0))
            continue;
        if (!differs_in_number(name, iface->name))
            guess_from(name, iface->name, &best, &best_distance);
        if (iface->nick && !differs_in_number(name, iface->nick))
            guess_from(name, iface->nick, &best, &best_distance);
    }
    return best;
}

enum { NAMES_MAX = 16 };

char *net_model_hint(const NetModel *self, const char *name)
{
    const char *guess = net_model_guess(self, name, NULL);
    g_autoptr(GString) names = g_string_new(NULL);
    guint count = 0;

    if (guess)
        return g_strdup_printf(_("did you mean %s?"), guess);
    for (guint i = 0; i < net_model_length(self); i++) {
        const NetIface *iface = net_model_nth(self, i);
        if (iface->file && iface->form == IFCFG_ENTRY_MAIN && ++count <= NAMES_MAX)
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", iface->name);
    }
    if (!count)
        return g_strdup_printf(_("there is no ifcfg file in %s"), ifcfg_dir_path(net_model_dir(self)));
    if (count <= NAMES_MAX)
        return g_strdup_printf(_("configured are: %s"), names->str);
    return g_strdup_printf(_("configured are: %s and %u more"), names->str, count - NAMES_MAX);
}

NetIface *net_model_lookup(const NetModel *self, const char *argument, const IfcfgMac *device_mac,
                           GError **error)
{
    g_autoptr(GError) failure = NULL;
    const IfcfgEntry *entry = ifcfg_dir_find(net_model_dir(self), argument, device_mac, &failure);
    if (!entry) {
        g_autofree char *hint = g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOENT)
                                    ? net_model_hint(self, argument)
                                    : NULL;
        g_set_error(error, failure->domain, failure->code, hint ? "%s; %s" : "%s", failure->message, hint);
        return NULL;
    }
    g_autofree char *base = g_path_get_basename(entry->path);
    NetIface *iface = net_model_find_nick(self, base + strlen("ifcfg-"));
    if (!iface)
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                    _("%s is a backup copy by its name, and is ignored"), entry->path);
    return iface;
}
