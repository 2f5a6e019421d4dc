/* The same address, or the same label, twice on one device: which files, and which one wins. */
#include "i18n.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <string.h>

typedef struct {
    GHashTable *addresses; /* "eth0 10.0.0.5" -> NetAddress* */
    GHashTable *labels;    /* "eth0:1" -> NetIface* */
    const KindContext *context;
} Seen;

/* Returns FALSE if the address is there already. */
static gboolean claim_address(Seen *seen, NetIface *iface, NetAddress *address)
{
    g_autofree char *ip = ifcfg_ip_format(&address->prefix.ip);
    g_autofree char *key = g_strdup_printf("%s %s", net_iface_device(iface), ip);
    const NetAddress *first = g_hash_table_lookup(seen->addresses, key);

    if (!first) {
        g_hash_table_insert(seen->addresses, g_steal_pointer(&key), address);
        return TRUE;
    }
    ifcfg_problems_add(seen->context->problems, IFCFG_ERROR, address->where,
                       _("address %s of %s was seen already in %s:%u; ignored here"), ip,
                       net_iface_device(iface), first->where.file, first->where.line);
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
    ifcfg_problems_add(seen->context->problems, IFCFG_ERROR, address->where,
                       _("alias %s was seen already in %s; the address is ignored here"), address->label,
                       first->file);
    return FALSE;
}

/* What was made up without a file claims nothing: the kernel has it, whatever the files say. */
static void iface_check(Seen *seen, NetIface *iface)
{
    if (!iface->file)
        return;
    for (guint i = 0; i < iface->addresses->len;) {
        NetAddress *address = g_ptr_array_index(iface->addresses, i);
        if (claim_label(seen, iface, address) && claim_address(seen, iface, address))
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
    Seen seen = {.addresses = addresses, .labels = labels, .context = context};
    guint length = net_model_length(context->model);

    /* Parents first, wherever a file with DEVICE=eth0:1 stands. */
    for (guint i = 0; i < length; i++)
        if (!net_model_nth(context->model, i)->parent)
            iface_check(&seen, net_model_nth(context->model, i));
    for (guint i = 0; i < length; i++)
        if (net_model_nth(context->model, i)->parent && !net_model_nth(context->model, i)->fault)
            iface_check(&seen, net_model_nth(context->model, i));
}
