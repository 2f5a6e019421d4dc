/* What could not be understood of a file, where the rest of it cannot be trusted to be what was meant: a line
 * that cannot be read, an address that is none, a key that looks like one that the network hangs on. */
#include "i18n.h"
#include "ifcfg-keys.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <string.h>
#include <sys/socket.h>

static gboolean name_is_any(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (*name == **names && !strcmp(name, *names))
            return TRUE;
    return FALSE;
}

gboolean net_model_told_error(const KindContext *context, guint told)
{
    for (guint i = told; i < ifcfg_problems_length(context->problems); i++)
        if (ifcfg_problems_get(context->problems, i)->severity == IFCFG_ERROR)
            return TRUE;
    return FALSE;
}

/* Only a few keys are compared with: a guess among all of them costs time at every start. */
static gboolean is_vital_mistyped(const char *key)
{
    static const char *const vital[] = {"IPADDR", "NETMASK", "PREFIX",       "GATEWAY", "DEVICE",
                                        "MASTER", "SLAVE",   "BONDING_OPTS", "BRIDGE",  NULL};
    g_autofree char *plain = g_strdup(key);
    gsize length = strlen(plain);

    while (length > 0 && g_ascii_isdigit(plain[length - 1]))
        plain[--length] = '\0';
    for (const char *const *name = vital; *name; name++)
        if (ifcfg_text_distance(plain, *name) <= MAX(1, ifcfg_guess_limit(plain)))
            return TRUE;
    return FALSE;
}

/* "2001:db8::1%eth0", and a list: keys whose values are no single address. */
static gboolean is_no_gateway6(const char *value)
{
    g_autofree char *address = g_strndup(value, strcspn(value, "%"));
    IfcfgIp ip;
    return !ifcfg_ip_parse(g_strstrip(address), AF_INET6, &ip);
}

static gboolean has_no_address6(const char *value)
{
    g_auto(GStrv) words = g_strsplit_set(value, " \t\n", -1);
    IfcfgPrefix prefix;
    for (char **word = words; *word; word++)
        if (**word && !ifcfg_prefix_parse(*word, AF_INET6, &prefix))
            return TRUE;
    return FALSE;
}

/* words: with "|" between them */
static gboolean begins_word(const char *words, const char *text)
{
    g_auto(GStrv) list = g_strsplit(words, "|", -1);
    for (char **word = list; *text && *word; word++)
        if (!g_ascii_strncasecmp(text, *word, strlen(text)))
            return TRUE;
    return FALSE;
}

/* The last line of a file that breaks off in the middle of a word: what should follow is not known. */
static gboolean is_cut_off(const IfcfgAssignment *assignment)
{
    const IfcfgKey *row = ifcfg_key_find(assignment->key);
    const char *value = assignment->value;
    if (row && row->type == IFCFG_VALUE_BOOL)
        return !ifcfg_is_true(value) && !ifcfg_is_false(value) &&
               begins_word("yes|no|true|false|on|off", value);
    return row && row->type == IFCFG_VALUE_WORD && !ifcfg_key_has_word(row->name, value) &&
           begins_word(row->words, value);
}

static gboolean assignment_is_damaged(const IfcfgAssignment *assignment)
{
    static const char *const addresses[] = {"IPADDR",       "NETMASK",    "PREFIX",   "GATEWAY",
                                            "IPADDR_START", "IPADDR_END", "IPV6ADDR", NULL};
    const IfcfgKey *row = ifcfg_key_find(assignment->key);
    IfcfgPrefix prefix;

    if (!*assignment->value || (row && (row->type == IFCFG_VALUE_BOOL || row->type == IFCFG_VALUE_WORD)))
        return FALSE;
    if (!row)
        return is_vital_mistyped(assignment->key);
    if (!strcmp(row->name, "IPV6_DEFAULTGW"))
        return is_no_gateway6(assignment->value);
    if (!strcmp(row->name, "IPV6ADDR_SECONDARIES"))
        return has_no_address6(assignment->value);
    if (!name_is_any(row->name, addresses))
        return FALSE;
    g_autofree char *wrong = ifcfg_key_check_value(row, assignment->value);
    const char *value = ifcfg_key_trim(assignment->key, assignment->value);
    return wrong && !(strchr(value, '/') && !strcmp(row->name, "IPADDR") &&
                      ifcfg_prefix_parse(value, AF_INET, &prefix));
}

/* A TYPE that is nearly one of those that exist, or the beginning of one: the file was cut off there. */
static gboolean type_is_mistyped(const NetIface *iface, IfcfgWhere *where)
{
    const char *type = net_iface_get(iface, "TYPE", where);

    if (!type || ifcfg_key_has_word("TYPE", type))
        return FALSE;
    g_auto(GStrv) words = g_strsplit(ifcfg_key_find("TYPE")->words, "|", -1);
    for (char **word = words; *word; word++)
        if (ifcfg_text_distance(type, *word) <= ifcfg_guess_limit(type))
            return TRUE;
    return begins_word(ifcfg_key_find("TYPE")->words, type);
}

void net_iface_damage(NetIface *iface, IfcfgWhere where)
{
    if (iface->is_damaged)
        return;
    iface->is_damaged = TRUE;
    iface->damage_where = where;
}

static gboolean is_part_of(const char *file, const char *name)
{
    g_autofree char *suffix = g_path_get_basename(file);
    const char *rest = g_str_has_prefix(suffix, "ifcfg-") && g_str_has_prefix(suffix + 6, name)
                           ? suffix + 6 + strlen(name)
                           : "";
    return *rest == ':' || g_str_has_prefix(rest, "-range");
}

/* Aliases and ranges whose files cannot be read at all are not even in the model. */
static void find_unreadable_parts(NetIface *iface, const KindContext *context)
{
    GHashTableIter iter;
    gpointer file;
    g_hash_table_iter_init(&iter, net_model_unreadable(context->model));
    while (iface->form == IFCFG_ENTRY_MAIN && iface->nick && g_hash_table_iter_next(&iter, &file, NULL))
        if (is_part_of(file, iface->nick) || is_part_of(file, iface->name))
            iface->in_doubt |= NET_DOUBT_ALIASES;
}

void net_iface_find_damage(NetIface *iface, const KindContext *context)
{
    guint length = iface->file ? ifcfg_record_length(iface->record) : 0;
    IfcfgWhere where = iface->where;

    find_unreadable_parts(iface, context);
    if (iface->file && !length) /* cut off before it was written, or while it is */
        net_iface_damage(iface, where);
    if (!length || net_kind_has(iface->kind, NET_KIND_LEFT_ALONE) ||
        ifcfg_record_find(iface->record, "STARTMODE")) /* SUSE's: it has keys of its own */
        return;
    if (net_model_is_unreadable(context->model, iface->file, &where) || type_is_mistyped(iface, &where))
        net_iface_damage(iface, where);
    for (guint i = 0; i < length && !iface->is_damaged; i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth_counting(iface->record, i);
        if (assignment && (assignment_is_damaged(assignment) || (i + 1 == length && is_cut_off(assignment))))
            net_iface_damage(iface, assignment->where);
    }
}

/* Not one that a variable without a value has made empty. */
static gboolean has_ipaddr(const IfcfgRecord *record)
{
    for (guint i = 0; i < ifcfg_record_length(record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(record, i);
        if (g_str_has_prefix(assignment->key, "IPADDR") && *assignment->value &&
            !assignment->key[6 + strspn(assignment->key + 6, "0123456789")])
            return TRUE;
    }
    return FALSE;
}

/* A length without an address is half of one: it is not as it was meant, and may be what is left of a file.
 * IPv6 has another key, and aliases take the length of their parent. */
void net_iface_check_missing(NetIface *iface, const KindContext *context)
{
    static const char *const lengths[] = {"NETMASK", "PREFIX", "NETMASK0", "PREFIX0"};
    const char *dynamic = iface->bootproto;
    IfcfgWhere where;

    if (net_kind_has(iface->kind, NET_KIND_LEFT_ALONE) || iface->form != IFCFG_ENTRY_MAIN ||
        iface->addresses->len > 0 || iface->aliases->len > 0 || iface->fault ||
        (dynamic && net_bootproto_is_dynamic(dynamic)) || net_iface_get(iface, "IPV6ADDR", NULL) ||
        !strcmp(iface->name, "lo") || has_ipaddr(iface->record))
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(lengths); i++)
        if (net_iface_get(iface, lengths[i], &where)) {
            net_iface_damage(iface, where);
            net_iface_fail_addresses(iface, where, context->problems,
                                     _("%s is given, but no IPADDR: write the address, or remove the line"),
                                     lengths[i]);
            return;
        }
}

/* In the words of the file's error, which name the choices: one text for one mistake. */
static void selector_fail(NetIface *iface, const LinkSetting *setting)
{
    g_autoptr(GError) error = NULL;
    gint64 number;
    g_autofree char *normal = link_option_normalize(setting->option, setting->text, &number, &error);
    if (!normal)
        net_iface_fail(iface, setting->where, NULL, "%s", error->message);
}

/* Which of all modes was meant nobody can guess: the driver's own would be one that nobody has asked for. */
void net_iface_check_selector(NetIface *iface)
{
    const LinkFamily *family = iface->settings ? link_settings_family(iface->settings) : NULL;
    const GPtrArray *left_out = family && family->selector ? link_settings_left_out(iface->settings) : NULL;
    for (guint i = 0; left_out && i < left_out->len; i++) {
        const LinkSetting *setting = g_ptr_array_index(left_out, i);
        if (setting->option && g_str_equal(setting->option->name, family->selector) &&
            !link_settings_find(iface->settings, family->selector))
            selector_fail(iface, setting);
    }
}

gboolean net_model_is_unreadable(const NetModel *self, const char *file, IfcfgWhere *ret_where)
{
    const IfcfgWhere *where = g_hash_table_lookup(net_model_unreadable(self), file);
    if (where)
        *ret_where = *where;
    return where != NULL;
}

gboolean net_model_has_unreadable(const NetModel *self, const char *device, IfcfgWhere *ret_where)
{
    g_autofree char *path = g_strdup_printf("%s/ifcfg-%s", ifcfg_dir_path(net_model_dir(self)), device);
    return net_model_is_unreadable(self, g_intern_string(path), ret_where);
}
