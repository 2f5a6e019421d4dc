/* What to do about bond options that the one message could not set: one by one, by netlink and then by sysfs,
 * naming what was refused. */
#include "apply/kernel/nl-bond.h"
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/observe.h"
#include "apply/kernel/sysfs.h"
#include "i18n.h"
#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <stdlib.h>
#include <string.h>

static char *modes_text(guint modes)
{
    GString *text = g_string_new(NULL);

    for (guint mode = 0; mode < BOND_MODES; mode++)
        if (modes & BOND_MODE_BIT(mode))
            g_string_append_printf(text, "%s%s", text->len ? ", " : "", bond_mode_name(mode));
    return g_string_free(text, FALSE);
}

/* The kernel gives each reason an errno of its own (bond_options.c bond_opt_check_deps()). */
static char *refusal_text(const BondSetting *setting, int code, const char *text)
{
    const BondOption *option = setting->option;
    g_autofree char *modes = option ? modes_text(option->modes) : NULL;

    if (code == ENOENT && option)
        return g_strdup_printf(_("this kernel does not have the option (it came with Linux %s)"),
                               option->since);
    if (code == ENOENT)
        return g_strdup(_("this kernel has no such bonding option"));
    if (code == EACCES && !option)
        return g_strdup(_("it can be read, but not set"));
    if (code == EACCES && option && option->modes != BOND_MODE_ANY)
        return g_strdup_printf(_("only possible in mode %s"), modes);
    if (code == ENOTEMPTY)
        return g_strdup(_("only possible while the bond has no ports: take it down and up again"));
    if (code == EBUSY)
        return g_strdup(_("only possible while the bond is down: take it down and up again"));
    if (code == EPERM && option && option->needs & BOND_NEEDS_MIIMON)
        return g_strdup(_("only possible with miimon"));
    if (code == ENODEV && option && option->kind == BOND_VALUE_IFNAME)
        return g_strdup_printf(_("Device %s does not seem to be present"), setting->text);
    return nl_error_words(code, text);
}

static char *setting_refused(const BondSetting *setting, int code, const char *text)
{
    g_autofree char *reason = refusal_text(setting, code, text);

    return g_strdup_printf(_("the kernel refused %s=%s: %s"), setting->name, setting->text, reason);
}

static int sysfs_set(const char *dev, const char *file, const char *text)
{
    g_autofree char *path = g_strdup_printf("%s/bonding/%s", dev, file);

    return sysfs_write(path, text);
}

/* Takes out what is not wanted and puts in what is missing; one address a write. */
static int sysfs_set_list(const char *dev, const BondSetting *setting)
{
    g_autofree char *path = g_strdup_printf("%s/bonding/%s", dev, setting->option->sysfs);
    g_autofree char *now = sysfs_read(path);
    g_auto(GStrv) have = g_strsplit_set(now ? now : "", " \n", -1);
    g_auto(GStrv) want = g_strsplit(setting->text, ",", -1);
    int code = 0;

    for (guint i = 0; have[i]; i++) {
        g_autofree char *word = g_strconcat("-", have[i], NULL);
        if (have[i][0] && !g_strv_contains((const char *const *)want, have[i]))
            code = sysfs_write(path, word);
    }
    for (guint i = 0; want[i] && !code; i++) {
        g_autofree char *word = g_strconcat("+", want[i], NULL);
        if (want[i][0] && !g_strv_contains((const char *const *)have, want[i]))
            code = sysfs_write(path, word);
    }
    return code;
}

static int sysfs_set_setting(const char *dev, const BondSetting *setting)
{
    const BondOption *option = setting->option;

    if (!option)
        return strchr(setting->name, '/') ? EINVAL : sysfs_set(dev, setting->name, setting->text);
    if (!option->sysfs)
        return ENOENT;
    return option->kind == BOND_VALUE_IP4LIST ? sysfs_set_list(dev, setting)
                                              : sysfs_set(dev, option->sysfs, setting->text);
}

static struct nl_msg *port_message(const BondOption *option, int ifindex, gint64 number)
{
    struct nl_msg *msg = nl_link_message(RTM_NEWLINK, 0, ifindex, 0, 0);
    struct nlattr *info = nla_nest_start(msg, IFLA_LINKINFO), *data;

    nla_put_string(msg, IFLA_INFO_SLAVE_KIND, "bond");
    data = nla_nest_start(msg, IFLA_INFO_SLAVE_DATA);
    if (option->width == 2)
        nla_put_u16(msg, option->attr, (guint16)number);
    else
        nla_put_u32(msg, option->attr, (guint32)number);
    nla_nest_end(msg, data);
    nla_nest_end(msg, info);
    return msg;
}

/* "eth0:1 eth1:2": each port is asked by a message of its own, or by a line to the bond's file. */
static int port_settings_write(NlBatch *batch, const char *dev, const BondSetting *setting, char **ret_text)
{
    g_auto(GStrv) words = g_strsplit(setting->text, " ", -1);
    int code = 0;

    for (guint i = 0; words[i] && !code; i++) {
        char *colon = strrchr(words[i], ':');
        g_autofree char *port = colon ? g_strndup(words[i], (gsize)(colon - words[i])) : NULL;
        int ifindex = port ? nl_links_index(nl_batch_links(batch), port) : 0;
        if (!words[i][0])
            continue;
        g_clear_pointer(ret_text, g_free);
        code = ifindex
                   ? nl_batch_call(
                         batch, port_message(setting->option, ifindex, g_ascii_strtoll(colon + 1, NULL, 10)),
                         ret_text)
                   : ENODEV;
        if (code && ifindex && setting->option->sysfs && !sysfs_set(dev, setting->option->sysfs, words[i]))
            code = 0;
    }
    return code;
}

/* Netlink first; where that refuses or cannot, sysfs. The refusal told is netlink's, which has words. */
static int setting_write(NlBatch *batch, const char *dev, const BondSetting *setting, char **ret_text)
{
    GPtrArray *alone = g_ptr_array_new();
    NetOp op = {.dev = dev, .settings = alone};
    struct nl_msg *msg;
    int code = 0, file_code;

    g_ptr_array_add(alone, (gpointer)setting);
    msg = nl_bond_set(nl_batch_links(batch), &op, NULL);
    g_ptr_array_unref(alone);
    if (msg && !(code = nl_batch_call(batch, msg, ret_text)))
        return 0;
    file_code = sysfs_set_setting(dev, setting);
    return file_code && code ? code : file_code;
}

static gboolean setting_is_per_port(const BondSetting *setting)
{
    return setting->option &&
           (setting->option->kind == BOND_VALUE_PORT_UINT || setting->option->kind == BOND_VALUE_PORT_INT);
}

static gboolean setting_is_mode(const BondSetting *setting)
{
    return setting->option && setting->option->attr == IFLA_BOND_MODE && !setting_is_per_port(setting);
}

/* Writes one setting; a refusal is a note, that of the mode the result's error. */
static void setting_apply(NlBatch *batch, const NetOp *op, const BondSetting *setting, NetResult *result)
{
    g_autofree char *words = NULL, *refusal = NULL;
    int code = setting_is_per_port(setting) ? port_settings_write(batch, op->dev, setting, &words)
                                            : setting_write(batch, op->dev, setting, &words);

    if (!code)
        return;
    refusal = setting_refused(setting, code, words);
    if (setting_is_mode(setting) && !result->error)
        net_error_set(&result->error, code, "%s", refusal);
    else
        net_result_note(result, TRUE, &setting->where, "%s", refusal);
}

static void settings_apply(NlBatch *batch, const NetOp *op, gboolean all, NetResult *result)
{
    const GPtrArray *settings = net_op_settings(op);

    for (guint i = 0; settings && i < settings->len; i++) {
        const BondSetting *setting = g_ptr_array_index(settings, i);
        if (setting->option && setting->option->phase == BOND_PHASE_LOAD)
            continue;
        if (all || !nl_bond_can_put(nl_batch_links(batch), setting))
            setting_apply(batch, op, setting, result);
    }
}

/* Makes the bond with nothing but its mode, so that one refused option does not cost the whole device. */
static int bond_add_plain(NlBatch *batch, const NetOp *op, char **ret_text)
{
    g_autoptr(GPtrArray) mode = g_ptr_array_new();
    NetOp plain = *op;

    for (guint i = 0; i < op->create.settings->len; i++)
        if (setting_is_mode(g_ptr_array_index(op->create.settings, i)))
            g_ptr_array_add(mode, g_ptr_array_index(op->create.settings, i));
    plain.create.settings = mode;
    return nl_batch_call(batch, nl_link_add(nl_batch_links(batch), &plain, NULL), ret_text);
}

/* Loading the driver makes a bond0 of its own where the administrator's options say so: that one is taken
 * over. */
static int bond_take_over(NlBatch *batch, const NetOp *op, char **ret_text)
{
    g_autoptr(ObservedLink) link = observe_link(batch, op->dev);
    NetOp mac = {.type = NET_OP_LINK_MAC, .dev = op->dev, .mac = op->create.mac};
    NetOp mtu = {.type = NET_OP_LINK_MTU, .dev = op->dev, .mtu = op->create.mtu};
    int code = 0;

    if (!link || g_strcmp0(link->kind, op->create.kind))
        return EEXIST;
    if (op->create.mac.length)
        code = nl_batch_call(batch, nl_link_mac(nl_batch_links(batch), &mac, NULL), ret_text);
    if (!code && op->create.mtu)
        code = nl_batch_call(batch, nl_link_mtu(nl_batch_links(batch), &mtu, NULL), ret_text);
    return code;
}

void nl_bond_finish_add(NlBatch *batch, const NetOp *op, int code, const char *text, NetResult *result)
{
    gboolean has_settings = op->create.settings && op->create.settings->len;
    gboolean exists = code == EEXIST, refused = code && code != EOPNOTSUPP && !exists && has_settings;
    g_autofree char *words = g_strdup(text);

    if (exists || refused) {
        g_clear_pointer(&words, g_free);
        code = exists ? bond_take_over(batch, op, &words) : bond_add_plain(batch, op, &words);
    }
    if (code)
        nl_op_set_error(op, code, words, &result->error);
    else
        settings_apply(batch, op, exists || refused, result);
}

void nl_bond_finish_set(NlBatch *batch, const NetOp *op, int code, G_GNUC_UNUSED const char *text,
                        NetResult *result)
{
    settings_apply(batch, op, code != 0, result);
}
