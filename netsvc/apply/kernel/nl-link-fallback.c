/* What to do about options that the one message could not set: one by one, by netlink and then by sysfs,
 * naming what was refused. */
#include "apply/kernel/nl-link-data.h"
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/observe.h"
#include "apply/kernel/sysfs.h"
#include "apply/kernel/tun.h"
#include "i18n.h"
#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <stdlib.h>
#include <string.h>

static const LinkFamily *op_family(const NetOp *op)
{
    return op->type == NET_OP_LINK_ADD ? op->create.family : op->set.family;
}

static const LinkTable *op_table(const NetOp *op)
{
    return op->type == NET_OP_PORT_SET ? &op_family(op)->port : &op_family(op)->own;
}

static char *unknown_text(const NetOp *op, const LinkSetting *setting)
{
    const LinkFamily *family = op_family(op);
    const char *guess = link_family_guess(family, op_table(op), setting->name);

    return guess ? g_strdup_printf(_("this kernel has no such %s option, did you mean %s?"), _(family->word),
                                   guess)
                 : g_strdup_printf(_("this kernel has no such %s option"), _(family->word));
}

/* The kernel gives each reason an errno of its own (bond_options.c bond_opt_check_deps()). */
static char *refusal_text(const NetOp *op, const LinkSetting *setting, int code, const char *text)
{
    const LinkOption *option = setting->option;

    if (code == ENOENT && option)
        return g_strdup_printf(_("this kernel does not have the option (it came with Linux %s)"),
                               option->since);
    if (code == ENOENT)
        return unknown_text(op, setting);
    if (code == EACCES && !option)
        return g_strdup(_("it can be read, but not set"));
    if (code == EACCES && option->legal) {
        g_autofree char *names = link_family_selectors_format(op_family(op), option->legal, ", ");
        return g_strdup_printf(_("only possible in mode %s"), names);
    }
    if (code == ENOTEMPTY)
        return g_strdup(_("only possible while it has no ports: take it down and up again"));
    if (code == EBUSY)
        return g_strdup(_("only possible while it is down: take it down and up again"));
    if (code == EPERM && option && option->needs & LINK_NEEDS_OTHER)
        return g_strdup_printf(_("only possible with %s"), option->other);
    if (code == ENODEV && option && option->kind == LINK_VALUE_IFNAME)
        return g_strdup_printf(_("Device %s does not seem to be present"), setting->text);
    return nl_error_words(code, text);
}

static char *setting_refused(const NetOp *op, const LinkSetting *setting, int code, const char *text)
{
    g_autofree char *reason = refusal_text(op, setting, code, text);

    return g_strdup_printf(_("the kernel refused %s=%s: %s"), setting->name, setting->text, reason);
}

/* Takes out what is not wanted and puts in what is missing; one address a write. */
static int sysfs_set_list(const char *path, const LinkSetting *setting)
{
    g_autofree char *now = sysfs_read(path);
    g_auto(GStrv) have = g_strsplit_set(now ? now : "", " \n", -1);
    g_auto(GStrv) want = g_strsplit(setting->text, ",", -1);
    int refused = 0, code = 0;

    for (guint i = 0; have[i]; i++) {
        g_autofree char *word = g_strconcat("-", have[i], NULL);
        int rc =
            have[i][0] && !g_strv_contains((const char *const *)want, have[i]) ? sysfs_write(path, word) : 0;
        refused = refused ? refused : rc;
    }
    for (guint i = 0; want[i] && !code; i++) {
        g_autofree char *word = g_strconcat("+", want[i], NULL);
        if (want[i][0] && !g_strv_contains((const char *const *)have, want[i]))
            code = sysfs_write(path, word);
    }
    return code ? code : refused;
}

/* An option without a row is a file of its name, if it can be one. */
static char *sysfs_path(const NetOp *op, const LinkSetting *setting)
{
    const LinkTable *table = op_table(op);

    if (setting->option)
        return setting->option->sysfs ? g_strdup_printf("%s/%s", op->dev, setting->option->sysfs) : NULL;
    return table->folder ? g_strdup_printf("%s/%s/%s", op->dev, table->folder, setting->name) : NULL;
}

/* Words are of netlink's world alone: the files of bridges take numbers, those of bonds both. */
static char *sysfs_text(const NetOp *op, const LinkSetting *setting)
{
    const LinkOption *option = setting->option;
    gboolean is_word = option && (option->kind == LINK_VALUE_FLAG || option->kind == LINK_VALUE_ENUM ||
                                  option->kind == LINK_VALUE_BIT || option->kind == LINK_VALUE_BE);
    g_autofree char *text =
        is_word ? g_strdup_printf("%" G_GINT64_FORMAT, setting->number) : g_strdup(setting->text);

    if (option && option->sysfs && g_str_has_prefix(option->sysfs, "master/"))
        return g_strdup_printf("%s:%s", op->dev, text);
    return g_steal_pointer(&text);
}

int nl_link_sysfs_set(const NetOp *op, const LinkSetting *setting)
{
    g_autofree char *path = sysfs_path(op, setting), *text = sysfs_text(op, setting);

    if (!setting->option && strchr(setting->name, '/'))
        return EINVAL;
    if (!path)
        return ENOENT;
    return setting->option && setting->option->kind == LINK_VALUE_IP4LIST ? sysfs_set_list(path, setting)
                                                                          : sysfs_write(path, text);
}

/* Netlink first; where that refuses or cannot, sysfs. The refusal told is netlink's, which has words. */
static int setting_write(NlBatch *batch, const NetOp *op, const LinkSetting *setting, char **ret_text)
{
    g_autoptr(GPtrArray) alone = g_ptr_array_new();
    NlLinks *links = nl_batch_links(batch);
    NetOp one = {.type = op->type, .dev = op->dev, .set = {.family = op_family(op), .settings = alone}};
    struct nl_msg *msg;
    int code = 0, file_code;

    g_ptr_array_add(alone, (gpointer)setting);
    msg = op->type == NET_OP_PORT_SET ? nl_port_set(links, &one, NULL) : nl_link_set(links, &one, NULL);
    if (msg && !(code = nl_batch_call(batch, msg, ret_text)))
        return 0;
    if (!msg && !nl_links_index(links, op->dev))
        return ENODEV;
    file_code = nl_link_sysfs_set(op, setting);
    return file_code && code ? code : file_code;
}

static gboolean setting_is_first(const LinkSetting *setting)
{
    return setting->option &&
           (setting->option->when == LINK_WHEN_FIRST || setting->option->when == LINK_WHEN_CREATE);
}

/* Writes one setting; a refusal is a note, that of what must come first the result's error. */
static void setting_apply(NlBatch *batch, const NetOp *op, const LinkSetting *setting, NetResult *result)
{
    g_autofree char *words = NULL, *refusal = NULL;
    int code = setting_write(batch, op, setting, &words);

    if (!code)
        return;
    refusal = setting_refused(op, setting, code, words);
    if (setting_is_first(setting) && !result->error)
        net_error_set(&result->error, code, "%s", refusal);
    else
        net_result_note(result, TRUE, &setting->where, "%s", refusal);
}

static void settings_apply(NlBatch *batch, const NetOp *op, gboolean all, NetResult *result)
{
    const GPtrArray *settings = net_op_settings(op);

    for (guint i = 0; settings && i < settings->len; i++) {
        const LinkSetting *setting = g_ptr_array_index(settings, i);
        if (setting->option && setting->option->when == LINK_WHEN_LOAD)
            continue;
        if (all || !nl_link_data_can_put(nl_batch_links(batch), setting))
            setting_apply(batch, op, setting, result);
    }
}

/* Makes the device with nothing but what must come first, so that one refused option does not cost all of it.
 */
static int link_add_plain(NlBatch *batch, const NetOp *op, char **ret_text)
{
    g_autoptr(GPtrArray) first = g_ptr_array_new();
    NetOp plain = *op;

    for (guint i = 0; i < op->create.settings->len; i++)
        if (setting_is_first(g_ptr_array_index(op->create.settings, i)))
            g_ptr_array_add(first, g_ptr_array_index(op->create.settings, i));
    plain.create.settings = first;
    return nl_batch_call(batch, nl_link_add(nl_batch_links(batch), &plain, NULL), ret_text);
}

static int set_attribute(NlBatch *batch, const NetOp *op, const char *name, const char *text, char **ret_text)
{
    g_autoptr(LinkSettings) settings = link_settings_new(&link_attributes);
    const LinkSetting *setting = link_settings_ask(settings, name, text, op->where);
    struct nl_msg *msg =
        setting ? nl_link_set_attribute(nl_batch_links(batch), op->dev, setting, NULL) : NULL;
    return nl_batch_call(batch, msg, ret_text);
}

/* MAC and MTU, of a device that is there. */
static int link_adjust(NlBatch *batch, const NetOp *op, char **ret_text)
{
    int code = 0;

    if (op->create.mac.length) {
        g_autofree char *mac = ifcfg_mac_format(&op->create.mac);
        code = set_attribute(batch, op, "mac", mac, ret_text);
    }
    if (!code && op->create.mtu) {
        g_autofree char *mtu = g_strdup_printf("%u", op->create.mtu);
        code = set_attribute(batch, op, "mtu", mtu, ret_text);
    }
    return code;
}

static int link_add_by_file(NlBatch *batch, const NetOp *op, char **ret_text)
{
    int code = tun_create(op->dev, op->create.settings);

    return code ? code : link_adjust(batch, op, ret_text);
}

/* Loading a driver can make a device of its own (bond0) where the administrator's options say so: that one is
 * taken over. */
static int link_take_over(NlBatch *batch, const NetOp *op, char **ret_text)
{
    g_autoptr(ObservedLink) link = observe_link(batch, op->dev);

    return !link || g_strcmp0(link->kind, op->create.family->kind) ? EEXIST
                                                                   : link_adjust(batch, op, ret_text);
}

void nl_link_finish_add(NlBatch *batch, const NetOp *op, int code, const char *text, NetResult *result)
{
    gboolean has_settings = op->create.settings && op->create.settings->len;
    gboolean exists = code == EEXIST, refused = code && !exists && has_settings;
    g_autofree char *words = g_strdup(text);

    if (op->create.family->is_by_file) {
        code = link_add_by_file(batch, op, &words);
        if (code)
            nl_op_set_error(op, code, words, &result->error);
        return;
    }
    if (exists || refused) {
        g_clear_pointer(&words, g_free);
        code = exists ? link_take_over(batch, op, &words) : link_add_plain(batch, op, &words);
    }
    if (code)
        nl_op_set_error(op, code, words, &result->error);
    else
        settings_apply(batch, op, exists || refused, result);
}

void nl_link_finish_set(NlBatch *batch, const NetOp *op, int code, G_GNUC_UNUSED const char *text,
                        NetResult *result)
{
    settings_apply(batch, op, code != 0, result);
}
