/* Which hooks and plug-ins there are. */
#include "model/hooks.h"
#include "ifcfg-dir.h"
#include "model/model-private.h"
#include <string.h>
#include <unistd.h>

#define FOLDER "/etc/sysconfig/network-scripts"

static const struct {
    const char *name, *old, *folder;
} events[] = {
    [NET_HOOK_PRE_UP] = {"pre-up", "/sbin/ifup-pre-local", FOLDER "/pre-up.d"},
    [NET_HOOK_UP] = {"up", "/sbin/ifup-local", FOLDER "/up.d"},
    [NET_HOOK_PRE_DOWN] = {"pre-down", "/sbin/ifdown-pre-local", FOLDER "/pre-down.d"},
    [NET_HOOK_DOWN] = {"down", "/sbin/ifdown-local", FOLDER "/down.d"},
};
G_STATIC_ASSERT(G_N_ELEMENTS(events) == NET_HOOK_LAST);

const char *net_hook_event_name(NetHookEvent event)
{
    return events[event].name;
}

static void hook_free(NetHook *hook)
{
    g_free(hook->path);
    g_free(hook);
}

/* As ever: what is not executable is no hook. */
static gboolean is_program(const char *root, const char *path)
{
    g_autofree char *full = g_build_filename(root, path, NULL);
    return g_file_test(full, G_FILE_TEST_IS_REGULAR) && access(full, X_OK) == 0;
}

static void add(GPtrArray *hooks, const char *root, NetHookEvent event, const char *path, gboolean is_old)
{
    if (!is_program(root, path))
        return;
    NetHook *hook = g_new0(NetHook, 1);
    *hook = (NetHook){event, g_strdup(path), is_old};
    g_ptr_array_add(hooks, hook);
}

static gint name_compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *names_of(const char *root, const char *folder)
{
    g_autofree char *path = g_build_filename(root, folder, NULL);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    const char *name;
    while (dir && (name = g_dir_read_name(dir)))
        if (name[0] != '.' && !ifcfg_name_is_ignored(name))
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, name_compare);
    return names;
}

GPtrArray *net_hooks_load(const char *root)
{
    GPtrArray *hooks = g_ptr_array_new_with_free_func((GDestroyNotify)hook_free);
    const char *top = root ? root : "/";
    for (NetHookEvent event = 0; event < NET_HOOK_LAST; event++) {
        g_autoptr(GPtrArray) names = names_of(top, events[event].folder);
        add(hooks, top, event, events[event].old, TRUE);
        for (guint i = 0; i < names->len; i++) {
            g_autofree char *path = g_build_filename(events[event].folder, names->pdata[i], NULL);
            add(hooks, top, event, path, FALSE);
        }
    }
    return hooks;
}

gboolean net_model_has_plugin(const NetModel *self, const char *type)
{
    if (!g_hash_table_size(net_model_files(self)))
        return FALSE;
    g_autofree char *name = g_strconcat("ifup-", type, NULL);
    return net_model_has_file(self, name);
}
