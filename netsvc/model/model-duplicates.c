/* The same address, or the same label, twice: which files, and which one wins. */
#include "i18n.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <string.h>
#include <sys/socket.h>

typedef struct {
    const char *dev;
    IfcfgWhere where;
} Host;

typedef struct {
    GHashTable *addresses; /* "eth0 10.0.0.5" -> NetAddress* */
    GHashTable *labels;    /* "eth0:1" -> NetIface* */
    GHashTable *hosts;     /* "10.0.0.5" -> Host: the first device that has it */
    const KindContext *context;
} Seen;

/* Returns FALSE if the address is there already. */
static gboolean claim_address(Seen *seen, NetIface *iface, NetAddress *address)
{
    g_autofree char *ip = ifcfg_ip_format(&address->prefix.ip);
    g_autofree char *key = g_strconcat(net_iface_device(iface), " ", ip, NULL);
    const NetAddress *first = g_hash_table_lookup(seen->addresses, key);

    if (!first) {
        g_hash_table_insert(seen->addresses, g_steal_pointer(&key), address);
        return TRUE;
    }
    g_autofree char *base = g_path_get_basename(first->where.file);
    ifcfg_problems_add(
        seen->context->problems, IFCFG_ERROR, address->where,
        _("%s is an address of %s already (%s:%u): this line is ignored, remove or correct it"), ip,
        net_iface_device(iface), base, first->where.line);
    return FALSE;
}

static gboolean claim_label(Seen *seen, NetIface *iface, const NetAddress *address)
{
    const NetIface *first = address->label && strchr(address->label, ':')
                                ? g_hash_table_lookup(seen->labels, address->label)
                                : iface;

    if (!first) {
        g_hash_table_insert(seen->labels, g_strdup(address->label), iface);
        return TRUE;
    }
    if (first == iface)
        return TRUE;
    g_autofree char *base = g_path_get_basename(first->file);
    ifcfg_problems_add(seen->context->problems, IFCFG_ERROR, address->where,
                       _("the alias %s is in %s already: the address is ignored, give it another number"),
                       address->label, base);
    return FALSE;
}

/* Point-to-point links often share one address (/32), and a service's address stands on lo and on a NIC. */
static gboolean is_for_one_host(const NetIface *iface, const NetAddress *address)
{
    const IfcfgIp *ip = &address->prefix.ip;
    return !ifcfg_ip_is_link_local(ip) && address->prefix.length < ifcfg_ip_size(ip) * 8 &&
           net_iface_is_at_boot(iface) && !net_iface_is_port(iface) &&
           !g_str_equal(net_iface_device(iface), "lo");
}

/* What the duplicate check of the old scripts found when the second was brought up. What runs so already is
 * left as it is. */
static void refuse_host(Seen *seen, NetIface *iface, const NetAddress *address, const Host *first)
{
    g_autofree char *ip = ifcfg_ip_format(&address->prefix.ip);
    g_autofree char *base = g_path_get_basename(first->where.file);
    g_autofree char *text = g_strdup_printf(
        _("%s is the address of %s too (%s:%u): only one of the two will be reached by it; correct one"), ip,
        first->dev, base, first->where.line);
    if (address->check && iface->addresses->len == 1) {
        net_iface_fail(iface, address->where, seen->context->problems, "%s", text);
        return;
    }
    ifcfg_problems_add(seen->context->problems, address->check ? IFCFG_ERROR : IFCFG_WARNING, address->where,
                       "%s", text);
    if (address->check)
        net_iface_damage(iface, address->where);
}

/* Returns FALSE if the address is another device's. */
static gboolean claim_host(Seen *seen, NetIface *iface, const NetAddress *address)
{
    if (!is_for_one_host(iface, address))
        return TRUE;
    g_autofree char *ip = ifcfg_ip_format(&address->prefix.ip);
    const Host *first = g_hash_table_lookup(seen->hosts, ip);
    if (!first) {
        Host host = {net_iface_device(iface), address->where};
        g_hash_table_insert(seen->hosts, g_steal_pointer(&ip), g_memdup2(&host, sizeof host));
        return TRUE;
    }
    refuse_host(seen, iface, address, first);
    return !address->check;
}

/* What was made up without a file claims nothing: the kernel has it, whatever the files say. */
static void iface_check(Seen *seen, NetIface *iface)
{
    if (!iface->file)
        return;
    for (guint i = 0; i < iface->addresses->len;) {
        NetAddress *address = g_ptr_array_index(iface->addresses, i);
        if (claim_label(seen, iface, address) && claim_address(seen, iface, address) &&
            claim_host(seen, iface, address))
            i++;
        else
            g_ptr_array_remove_index(iface->addresses, i);
    }
    if (iface->parent && iface->addresses->len == 0 && !iface->fault)
        net_iface_fail(iface, iface->where, NULL, _("all its addresses are in other files of %s already"),
                       iface->parent->name);
}

void net_model_check_addresses(const KindContext *context)
{
    g_autoptr(GHashTable) addresses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    Seen seen = {.addresses = addresses, .labels = labels, .hosts = hosts, .context = context};
    g_autoptr(GPtrArray) order = net_model_boot_order(context->model);

    /* Parents first, wherever a file with DEVICE=eth0:1 stands. */
    for (guint i = 0; i < order->len; i++)
        if (!((const NetIface *)order->pdata[i])->parent)
            iface_check(&seen, order->pdata[i]);
    for (guint i = 0; i < order->len; i++)
        if (((const NetIface *)order->pdata[i])->parent && !((const NetIface *)order->pdata[i])->fault)
            iface_check(&seen, order->pdata[i]);
}
