/* libkmod, for loading drivers. */
#include "dl/dl.h"
#include <errno.h>
#include <libkmod.h>

struct kmod_ctx *kmod_new(const char *dirname, const char *const *config_paths)
{
    return DL_CALL(dl_kmod, NULL, kmod_new, dirname, config_paths);
}

struct kmod_ctx *kmod_unref(struct kmod_ctx *ctx)
{
    return DL_CALL(dl_kmod, NULL, kmod_unref, ctx);
}

void kmod_set_log_fn(struct kmod_ctx *ctx,
                     void (*log_fn)(void *data, int priority, const char *file, int line, const char *fn,
                                    const char *format, va_list args),
                     const void *data)
{
    DL_CALL(dl_kmod, (void)0, kmod_set_log_fn, ctx, log_fn, data);
}

int kmod_module_new_from_lookup(struct kmod_ctx *ctx, const char *given_alias, struct kmod_list **list)
{
    return DL_CALL(dl_kmod, -ENOSYS, kmod_module_new_from_lookup, ctx, given_alias, list);
}

struct kmod_list *kmod_list_next(const struct kmod_list *list, const struct kmod_list *curr)
{
    return DL_CALL(dl_kmod, NULL, kmod_list_next, list, curr);
}

struct kmod_module *kmod_module_get_module(const struct kmod_list *entry)
{
    return DL_CALL(dl_kmod, NULL, kmod_module_get_module, entry);
}

const char *kmod_module_get_name(const struct kmod_module *mod)
{
    return DL_CALL(dl_kmod, NULL, kmod_module_get_name, mod);
}

const char *kmod_module_get_options(const struct kmod_module *mod)
{
    return DL_CALL(dl_kmod, NULL, kmod_module_get_options, mod);
}

int kmod_module_get_initstate(const struct kmod_module *mod)
{
    return DL_CALL(dl_kmod, -ENOSYS, kmod_module_get_initstate, mod);
}

int kmod_module_probe_insert_module(
    struct kmod_module *mod, unsigned int flags, const char *extra_options,
    int (*run_install)(struct kmod_module *m, const char *cmdline, void *data), const void *data,
    void (*print_action)(struct kmod_module *m, bool install, const char *options))
{
    return DL_CALL(dl_kmod, -ENOSYS, kmod_module_probe_insert_module, mod, flags, extra_options, run_install,
                   data, print_action);
}

struct kmod_module *kmod_module_unref(struct kmod_module *mod)
{
    return DL_CALL(dl_kmod, NULL, kmod_module_unref, mod);
}

int kmod_module_unref_list(struct kmod_list *list)
{
    return DL_CALL(dl_kmod, -ENOSYS, kmod_module_unref_list, list);
}
