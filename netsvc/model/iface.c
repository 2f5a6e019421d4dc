/* One interface: making, freeing, and reading typed keys of its file. */
#include "model/iface.h"
#include "ifcfg-keys.h"
#include "model/field.h"
#include <linux/rtnetlink.h>
#include <sys/socket.h>

static GPtrArray *borrowed_array(void)
{
    return g_ptr_array_new();
}

NetIface *net_iface_new(const IfcfgEntry *entry)
{
    NetIface *iface = g_new0(NetIface, 1);

    iface->nick = g_strdup(entry->name);
    iface->file = entry->path;
    iface->where.file = entry->path;
    iface->form = entry->kind;
    iface->parent_name = g_strdup(entry->parent);
    iface->record = entry->record ? ifcfg_record_ref(entry->record) : NULL; /* made up: no file */
    iface->keys = entry->record ? ifcfg_record_bits(entry->record) : 0;
    iface->type = entry->record ? net_iface_get(iface, "TYPE", NULL) : NULL;
    net_fields_reset(iface);
    iface->addresses = g_ptr_array_new_with_free_func((GDestroyNotify)net_address_free);
    iface->leases = g_ptr_array_new_with_free_func((GDestroyNotify)net_lease_free);
    iface->confs = g_array_new(FALSE, FALSE, sizeof(NetConfValue));
    iface->routes = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_route_free);
    iface->rules = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_rule_free);
    iface->relations = g_ptr_array_new_with_free_func((GDestroyNotify)net_relation_free);
    iface->ports = borrowed_array();
    iface->uppers = borrowed_array();
    iface->aliases = borrowed_array();
    return iface;
}

void net_iface_add_sources(NetIface *iface, const IfcfgRecord *environment, const IfcfgRecord *network)
{
    iface->environment = environment;
    iface->network = network;
    iface->keys |= environment ? ifcfg_record_bits(environment) : 0;
    iface->keys |= network ? ifcfg_record_bits(network) : 0;
}

NetIface *net_iface_new_loopback(void)
{
    g_autoptr(IfcfgRecord) empty = ifcfg_record_parse("ifcfg-lo", "", 0, NULL, NULL);
    IfcfgEntry entry = {.kind = IFCFG_ENTRY_MAIN, .name = (char *)"lo", .record = empty};
    NetIface *iface = net_iface_new(&entry);
    IfcfgPrefix prefix;

    iface->name = g_strdup("lo");
    ifcfg_prefix_parse("127.0.0.1/8", AF_INET, &prefix);
    NetAddress *address = net_address_new(&prefix, "lo", iface->where);
    address->scope = RT_SCOPE_HOST;
    address->check = address->announce = FALSE;
    g_ptr_array_add(iface->addresses, address);
    return iface;
}

void net_iface_free(NetIface *iface)
{
    if (!iface)
        return;
    g_free(iface->name);
    g_free(iface->nick);
    ifcfg_record_unref(iface->record);
    g_free(iface->unsupported);
    g_free(iface->radvd_pid_file);
    g_free(iface->plugin);
    g_free(iface->teamd_config);
    g_free(iface->fault);
    net_fields_clear(iface);
    g_ptr_array_unref(iface->addresses);
    g_ptr_array_unref(iface->leases);
    g_array_unref(iface->confs);
    g_clear_pointer(&iface->contested, g_hash_table_unref);
    g_ptr_array_unref(iface->routes);
    g_ptr_array_unref(iface->rules);
    g_clear_pointer(&iface->ethtool, g_ptr_array_unref);
    g_ptr_array_unref(iface->relations);
    g_ptr_array_unref(iface->ports);
    g_ptr_array_unref(iface->uppers);
    net_names_free(iface->names);
    link_settings_free(iface->settings);
    link_settings_free(iface->port_settings);
    g_free(iface->vlans);
    g_free(iface->parent_name);
    g_ptr_array_unref(iface->aliases);
    g_free(iface->module);
    g_free(iface);
}

NetAddress *net_address_new(const IfcfgPrefix *prefix, const char *label, IfcfgWhere where)
{
    NetAddress *address = g_new0(NetAddress, 1);

    address->prefix = *prefix;
    address->label = g_strdup(label);
    address->check = TRUE;
    address->announce = TRUE;
    address->where = where;
    return address;
}

void net_address_free(NetAddress *address)
{
    if (!address)
        return;
    g_free(address->label);
    g_free(address);
}

/* What is asked last is looked at first: it is nearly always silent, and then no table need be searched. */
static const IfcfgAssignment *default_of_all(const NetIface *iface, const char *key)
{
    const IfcfgAssignment *found = iface->network ? ifcfg_record_find(iface->network, key) : NULL;
    const IfcfgKey *row = found ? ifcfg_key_find(key) : NULL;
    guint places = !row ? 0 : g_str_equal(row->name, key) ? row->in : row->numbered;
    return places & IFCFG_IN_NETWORK ? found : NULL;
}

static const IfcfgAssignment *assignment_find(const NetIface *iface, const char *key, gboolean inherits)
{
    const IfcfgAssignment *found = ifcfg_record_find(iface->record, key);
    if (!found && inherits && iface->parent)
        found = ifcfg_record_find(iface->parent->record, key);
    if (found)
        return found;
    if (iface->environment)
        found = ifcfg_record_find(iface->environment, key);
    return found && net_field_is_environment(key) ? found : default_of_all(iface, key);
}

static const char *value_get(const IfcfgAssignment *found, const char *key, IfcfgWhere *ret_where)
{
    const char *value = found && *found->value ? ifcfg_key_trim(key, found->value) : NULL;
    if (!value || !*value)
        return NULL;
    if (ret_where)
        *ret_where = ifcfg_assignment_where(found);
    return value;
}

const char *net_iface_find(const NetIface *iface, const char *key, IfcfgWhere *ret_where)
{
    return value_get(assignment_find(iface, key, FALSE), key, ret_where);
}

const char *net_iface_inherit(const NetIface *iface, const char *key, IfcfgWhere *ret_where)
{
    return value_get(assignment_find(iface, key, TRUE), key, ret_where);
}

gboolean net_iface_get_bool(const NetIface *iface, const char *key, gboolean fallback)
{
    const char *value = net_iface_get(iface, key, NULL);

    if (!value)
        return fallback;
    return fallback ? !ifcfg_is_false(value) : ifcfg_is_true(value);
}

gboolean net_bootproto_is_dynamic(const char *bootproto)
{
    return g_ascii_strcasecmp(bootproto, "dhcp") == 0 || g_ascii_strcasecmp(bootproto, "bootp") == 0;
}

gboolean net_iface_is_at_boot(const NetIface *iface)
{
    const NetIface *parent = iface->parent;

    return !net_iface_is_refused(iface) && !iface->unsupported &&
           (parent ? net_iface_is_at_boot(parent) && iface->onparent : iface->onboot);
}

gboolean net_iface_is_refused(const NetIface *iface)
{
    return iface->fault && !iface->fault_spares_link;
}

static void iface_fail(NetIface *iface, gboolean spares_link, IfcfgWhere where, IfcfgProblems *problems,
                       const char *message)
{
    ifcfg_problems_add(problems, IFCFG_ERROR, where, "%s", message);
    if (iface->fault && (spares_link || net_iface_is_refused(iface)))
        return;
    g_free(iface->fault);
    iface->fault = g_strdup(message);
    iface->fault_where = where;
    iface->fault_spares_link = spares_link;
}

void net_iface_fail(NetIface *iface, IfcfgWhere where, IfcfgProblems *problems, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    iface_fail(iface, FALSE, where, problems, message);
}

void net_iface_fail_addresses(NetIface *iface, IfcfgWhere where, IfcfgProblems *problems, const char *format,
                              ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    iface_fail(iface, TRUE, where, problems, message);
}
