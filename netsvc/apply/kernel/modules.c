/* Kernel modules by libkmod, with the administrator's own options for them. */
#include "apply/kernel/modules.h"
#include "apply/kernel/nl-batch.h"
#include "dl/dl.h"
#include "i18n.h"
#include <errno.h>
#include <libkmod.h>
#include <string.h>
#include <sys/utsname.h>

typedef struct kmod_ctx KmodContext;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KmodContext, kmod_unref)

static void set_missing(const char *name, GError **error)
{
    struct utsname system;

    if (dl_error(&dl_kmod)) {
        net_error_set(error, ENOSYS, _("cannot load the module %s: %s"), name, dl_error(&dl_kmod));
        return;
    }
    uname(&system);
    net_error_set(
        error, ENOENT,
        _("the kernel %s has no module %s: install the package with this kernel's modules, or reboot if the "
          "kernel was just updated"),
        system.release, name);
}

/* Options given by us, without those that the administrator set himself in modprobe.d: his word counts. */
char *module_options_merge(const char *given, const char *configured)
{
    g_auto(GStrv) words = g_strsplit(given ? given : "", " ", -1);
    GString *merged = g_string_new(NULL);

    for (guint i = 0; words[i]; i++) {
        g_autofree char *key = g_strndup(words[i], strcspn(words[i], "=") + (strchr(words[i], '=') != NULL));
        const char *found = configured && key[0] ? strstr(configured, key) : NULL;
        gboolean is_word = found && (found == configured || found[-1] == ' ');
        if (words[i][0] && !is_word)
            g_string_append_printf(merged, "%s%s", merged->len ? " " : "", words[i]);
    }
    return g_string_free(merged, FALSE);
}

static gboolean module_insert(struct kmod_module *module, const char *given, GError **error)
{
    g_autofree char *options = module_options_merge(given, kmod_module_get_options(module));
    int state = kmod_module_get_initstate(module), code;

    if (state == KMOD_MODULE_LIVE || state == KMOD_MODULE_BUILTIN)
        return TRUE;
    /* The configured options are put in front of these by libkmod itself. */
    code = -kmod_module_probe_insert_module(module, KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY, options, NULL,
                                            NULL, NULL);
    if (code <= 0 || code == EEXIST)
        return TRUE;
    if (code == ENOENT)
        set_missing(kmod_module_get_name(module), error);
    else
        net_error_set(error, code, _("cannot load the module %s: %s"), kmod_module_get_name(module),
                      g_strerror(code));
    return FALSE;
}

static void ignore_log(G_GNUC_UNUSED void *data, G_GNUC_UNUSED int priority, G_GNUC_UNUSED const char *file,
                       G_GNUC_UNUSED int line, G_GNUC_UNUSED const char *function,
                       G_GNUC_UNUSED const char *format, G_GNUC_UNUSED va_list args)
{
}

char *module_fault(const char *name)
{
    g_autoptr(KmodContext) context = kmod_new(NULL, NULL);
    g_autoptr(GError) error = NULL;
    struct kmod_list *found = NULL;

    if (!context)
        return NULL;
    kmod_set_log_fn(context, ignore_log, NULL);
    if (kmod_module_new_from_lookup(context, name, &found) < 0 || !found)
        set_missing(name, &error);
    kmod_module_unref_list(found);
    return error ? g_strdup(error->message) : NULL;
}

gboolean module_load(const char *name, const char *options, GError **error)
{
    g_autoptr(KmodContext) context = kmod_new(NULL, NULL);
    struct kmod_list *found = NULL, *item;
    gboolean loaded = TRUE;

    if (!context ||
        (kmod_set_log_fn(context, ignore_log, NULL),
         kmod_module_new_from_lookup(context, name, &found) < 0) ||
        !found) {
        set_missing(name, error);
        return FALSE;
    }
    kmod_list_foreach(item, found)
    {
        struct kmod_module *module = kmod_module_get_module(item);
        loaded = loaded && module_insert(module, options, error);
        kmod_module_unref(module);
    }
    kmod_module_unref_list(found);
    return loaded;
}
