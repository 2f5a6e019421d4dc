/* Whether a share is where it belongs, with whoever owns resolv.conf. */
#include "ifcfg-ip.h"
#include "state/resolv-conf.h"
#include <sys/socket.h>

/* What an owner is told of a share, with addresses as everybody writes them. */
static NetNames *names_normal(const NetNames *names)
{
    NetNames *normal = net_names_new();
    for (guint i = 0; i < names->servers->len; i++) {
        IfcfgIp ip;
        g_autofree char *text =
            ifcfg_ip_parse(names->servers->pdata[i], AF_UNSPEC, &ip) ? ifcfg_ip_format(&ip) : NULL;
        net_names_add_words(normal->servers, text ? text : names->servers->pdata[i]);
    }
    for (guint i = 0; i < names->search->len; i++)
        net_names_add_words(normal->search, names->search->pdata[i]);
    return normal;
}

static NetNames *told_of(const GPtrArray *told, const char *dev)
{
    for (guint i = 0; i < told->len; i++) {
        const ResolvShare *share = told->pdata[i];
        if (g_str_equal(share->dev, dev))
            return names_normal(share->names);
    }
    return net_names_new();
}

gboolean resolv_conf_has_share(const ResolvConf *self, const char *dev, const NetNames *names,
                               char **ret_missing)
{
    if (self->owner == RESOLV_IS_FILE) {
        g_autoptr(NetNames) ordered = resolv_conf_in_order(self, names);
        return resolv_conf_has(self, ordered, ret_missing);
    }
    if (!self->told)
        return TRUE;
    g_autoptr(NetNames) told = told_of(self->told, dev), wanted = names_normal(names);
    /* as lines of a file, what is there is found there */
    g_autoptr(GPtrArray) lines = net_names_lines(told);
    g_ptr_array_add(lines, NULL);
    g_autofree char *text = g_strjoinv("\n", (char **)lines->pdata);
    const ResolvConf as_file = {.text = text};
    return resolv_conf_has(&as_file, wanted, ret_missing);
}
