/* The same address, or the same label, twice: which files, and which one wins. */
#include "i18n.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <string.h>
#include <sys/socket.h>

/** Who was the first to name an address. */
typedef struct {
    const char *dev;
    IfcfgIp ip;
    IfcfgWhere where;
} Holder;

typedef struct {
    GHashTable *addresses; /* set of Holder*: of a device and an address */
    GHashTable *labels;    /* "eth0:1" -> NetIface* */
    GHashTable *hosts;     /* set of Holder*: of an address, whichever device has it */
    const KindContext *context;
} Seen;

static guint ip_hash(gconstpointer data)
{
    return ifcfg_ip_hash(&((const Holder *)data)->ip, 0);
}

static gboolean ip_equal(gconstpointer a, gconstpointer b)
{
    return ifcfg_ip_equal(&((const Holder *)a)->ip, &((const Holder *)b)->ip);
}

static gboolean holder_equal(gconstpointer a, gconstpointer b)
{
    return ip_equal(a, b) && g_str_equal(((const Holder *)a)->dev, ((const Holder *)b)->dev);
}

/* Returns: who has it already, or NULL: it is entered now */
static const Holder *holder_enter(GHashTable *set, const NetIface *iface, const NetAddress *address)
{
    Holder holder = {net_iface_device(iface), address->prefix.ip, address->where};
    const Holder *first = g_hash_table_lookup(set, &holder);
    if (!first)
        g_hash_table_add(set, g_memdup2(&holder, sizeof holder));
    return first;
}

/* Returns FALSE if the address is there already. */
static gboolean claim_address(Seen *seen, const NetIface *iface, const NetAddress *address)
{
    const Holder *first = holder_enter(seen->addresses, iface, address);
    if (!first)
        return TRUE;
    g_autofree char *ip = ifcfg_ip_format(&address->prefix.ip);
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
static void refuse_host(Seen *seen, NetIface *iface, const NetAddress *address, const Holder *first)
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
    const Holder *first = holder_enter(seen->hosts, iface, address);
    if (!first)
        return TRUE;
    refuse_host(seen, iface, address, first);
    return !address->check;
}

/* What was made up without a file claims nothing: the kernel has it, whatever the files say. */
static void iface_check(Seen *seen, NetIface *iface)
{
    if (!iface->file)
        return;
    for (guint i = 0; i < iface->addresses->len;) {
        const NetAddress *address = g_ptr_array_index(iface->addresses, i);
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
    g_autoptr(GHashTable) addresses = g_hash_table_new_full(ip_hash, holder_equal, g_free, NULL);
    g_autoptr(GHashTable) labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) hosts = g_hash_table_new_full(ip_hash, ip_equal, g_free, NULL);
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
