/* The kernel's netlink family "ethtool". Source: Documentation/networking/ethtool-netlink.rst. */
#include "apply/kernel/ethtool.h"
#include "apply/kernel/nl-batch.h"
#include <errno.h>
#include <linux/ethtool_netlink.h>
#include <linux/genetlink.h>
#include <netlink/attr.h>
#include <string.h>

enum {
    ATTRS = 64,
    /* SPEED_UNKNOWN and DUPLEX_UNKNOWN of linux/ethtool.h */
    SPEED_UNKNOWN_VALUE = -1,
    DUPLEX_UNKNOWN_VALUE = 0xff,
    WOL_BITS = 8,
};

struct NetEthtool {
    NlBatch *batch; /* NULL: nobody has asked yet */
    guint16 family; /* 0: the kernel has none */
};

NetEthtool *net_ethtool_new(void)
{
    return g_new0(NetEthtool, 1);
}

void net_ethtool_free(NetEthtool *self)
{
    if (!self)
        return;
    nl_batch_free(self->batch);
    g_free(self);
}

static struct nl_msg *message_new(guint16 family, guint8 command)
{
    struct nl_msg *msg = nlmsg_alloc_simple(family, 0);
    struct genlmsghdr *header = nlmsg_reserve(msg, sizeof *header, NLMSG_ALIGNTO);
    *header = (struct genlmsghdr){.cmd = command, .version = 1};
    return msg;
}

/* The answer's attributes; valid as long as @answer. */
static gboolean answer_parse(const GByteArray *answer, struct nlattr **attrs)
{
    memset(attrs, 0, sizeof *attrs * (ATTRS + 1));
    return answer && answer->len >= NLMSG_LENGTH(GENL_HDRLEN) &&
           nlmsg_parse((struct nlmsghdr *)answer->data, GENL_HDRLEN, attrs, ATTRS, NULL) >= 0;
}

static guint16 family_find(NlBatch *batch)
{
    struct nl_msg *msg = message_new(GENL_ID_CTRL, CTRL_CMD_GETFAMILY);
    struct nlattr *attrs[ATTRS + 1];
    nla_put_string(msg, CTRL_ATTR_FAMILY_NAME, ETHTOOL_GENL_NAME);
    g_autoptr(GByteArray) answer = nl_batch_dump(batch, msg, NULL);
    return answer_parse(answer, attrs) && attrs[CTRL_ATTR_FAMILY_ID] ? nla_get_u16(attrs[CTRL_ATTR_FAMILY_ID])
                                                                     : 0;
}

gboolean net_ethtool_is_there(NetEthtool *self)
{
    if (!self->batch) {
        self->batch = nl_batch_new_generic(NULL);
        self->family = self->batch ? family_find(self->batch) : 0;
    }
    return self->family != 0;
}

/* Every message begins with the device that it is about. The header has the same number in all of them. */
static struct nl_msg *device_message(const NetEthtool *self, guint8 command, const char *device,
                                     guint32 flags)
{
    struct nl_msg *msg = message_new(self->family, command);
    struct nlattr *header = nla_nest_start(msg, ETHTOOL_A_RINGS_HEADER | NLA_F_NESTED);
    nla_put_string(msg, ETHTOOL_A_HEADER_DEV_NAME, device);
    if (flags)
        nla_put_u32(msg, ETHTOOL_A_HEADER_FLAGS, flags);
    nla_nest_end(msg, header);
    return msg;
}

/* --- sets of bits --- */

typedef void (*BitVisit)(const char *name, gboolean value, gpointer data);

static void bitset_visit(struct nlattr *bitset, BitVisit visit, gpointer data)
{
    struct nlattr *parts[ETHTOOL_A_BITSET_MAX + 1], *bit;
    int left;
    if (!bitset || nla_parse_nested(parts, ETHTOOL_A_BITSET_MAX, bitset, NULL) < 0 ||
        !parts[ETHTOOL_A_BITSET_BITS])
        return;
    nla_for_each_nested(bit, parts[ETHTOOL_A_BITSET_BITS], left)
    {
        struct nlattr *attrs[ETHTOOL_A_BITSET_BIT_MAX + 1];
        if (nla_parse_nested(attrs, ETHTOOL_A_BITSET_BIT_MAX, bit, NULL) >= 0 &&
            attrs[ETHTOOL_A_BITSET_BIT_NAME])
            visit(nla_get_string(attrs[ETHTOOL_A_BITSET_BIT_NAME]), attrs[ETHTOOL_A_BITSET_BIT_VALUE] != NULL,
                  data);
    }
}

static void put_bit(struct nl_msg *msg, const char *name, gboolean value)
{
    struct nlattr *bit = nla_nest_start(msg, ETHTOOL_A_BITSET_BITS_BIT | NLA_F_NESTED);
    nla_put_string(msg, ETHTOOL_A_BITSET_BIT_NAME, name);
    if (value)
        nla_put_flag(msg, ETHTOOL_A_BITSET_BIT_VALUE);
    nla_nest_end(msg, bit);
}

/* All bits that a driver of today knows, in one word. */
static void put_bits(struct nl_msg *msg, guint16 attr, guint32 bits)
{
    struct nlattr *set = nla_nest_start(msg, attr | NLA_F_NESTED);
    nla_put_flag(msg, ETHTOOL_A_BITSET_NOMASK);
    nla_put_u32(msg, ETHTOOL_A_BITSET_SIZE, WOL_BITS);
    nla_put(msg, ETHTOOL_A_BITSET_VALUE, sizeof bits, &bits);
    nla_nest_end(msg, set);
}

static gboolean read_bits(struct nlattr *attr, guint32 *ret_bits)
{
    struct nlattr *parts[ETHTOOL_A_BITSET_MAX + 1];
    if (nla_parse_nested(parts, ETHTOOL_A_BITSET_MAX, attr, NULL) < 0 || !parts[ETHTOOL_A_BITSET_VALUE] ||
        nla_len(parts[ETHTOOL_A_BITSET_VALUE]) < (int)sizeof *ret_bits)
        return FALSE;
    memcpy(ret_bits, nla_data(parts[ETHTOOL_A_BITSET_VALUE]), sizeof *ret_bits);
    return TRUE;
}

/* --- reading --- */

static gboolean is_unknown(const EthtoolRow *row, guint32 number)
{
    return row->get == ETHTOOL_MSG_LINKMODES_GET &&
           ((row->option.attr == ETHTOOL_A_LINKMODES_SPEED &&
             (number == (guint32)SPEED_UNKNOWN_VALUE || !number)) ||
            (row->option.attr == ETHTOOL_A_LINKMODES_DUPLEX && number == DUPLEX_UNKNOWN_VALUE));
}

static char *row_read(const EthtoolRow *row, struct nlattr *attr)
{
    guint32 number;
    if (row->form == ETHTOOL_FORM_BITS)
        return read_bits(attr, &number) ? ethtool_bits_format(row, number) : NULL;
    if (nla_len(attr) != row->option.width)
        return NULL;
    number = row->option.width == 1 ? nla_get_u8(attr) : nla_get_u32(attr);
    return is_unknown(row, number) ? NULL : link_option_format(&row->option, number);
}

typedef struct {
    GString *offered, *supported;
} Modes;

static void append_word(GString *text, const char *word)
{
    g_string_append_printf(text, "%s%s", text->len ? " " : "", word);
}

/* "100baseT/Full"; the set has "Autoneg", "Pause" and the like, too. */
static void mode_take(const char *name, gboolean value, gpointer data)
{
    Modes *modes = data;
    if (!g_ascii_isdigit(*name) || !strchr(name, '/'))
        return;
    append_word(modes->supported, name);
    if (value)
        append_word(modes->offered, name);
}

static void modes_read(struct nlattr *set, EthtoolState *state)
{
    Modes modes = {g_string_new(NULL), g_string_new(NULL)};
    bitset_visit(set, mode_take, &modes);
    ethtool_state_put(state, "-s", "advertised", modes.offered->str);
    ethtool_state_put(state, "-s", "supported", modes.supported->str);
    g_string_free(modes.offered, TRUE);
    g_string_free(modes.supported, TRUE);
}

static GByteArray *ask(const NetEthtool *self, guint8 get, const char *device)
{
    guint32 flags = get == ETHTOOL_MSG_WOL_GET ? ETHTOOL_FLAG_COMPACT_BITSETS : 0;
    return nl_batch_dump(self->batch, device_message(self, get, device, flags), NULL);
}

static void message_read(const NetEthtool *self, guint8 get, const EthtoolRequest *request,
                         EthtoolState *state)
{
    struct nlattr *attrs[ATTRS + 1];
    g_autoptr(GByteArray) answer = ask(self, get, request->device);
    if (!answer_parse(answer, attrs))
        return;
    for (gsize i = 0; i < request->verb->n; i++) {
        const EthtoolRow *row = &request->verb->rows[i];
        struct nlattr *attr = row->get == get ? attrs[row->option.attr] : NULL;
        g_autofree char *text = attr ? row_read(row, attr) : NULL;
        if (text)
            ethtool_state_put(state, request->verb->name, row->option.name, text);
    }
    if (get == ETHTOOL_MSG_LINKMODES_GET && attrs[ETHTOOL_A_LINKMODES_OURS])
        modes_read(attrs[ETHTOOL_A_LINKMODES_OURS], state);
}

typedef struct {
    GHashTable *free, *active; /* sets of names */
} Features;

static void name_take(const char *name, gboolean value G_GNUC_UNUSED, gpointer data)
{
    g_hash_table_add(data, g_strdup(name));
}

static void features_put(EthtoolState *state, const char *name, const Features *features, gboolean is_free)
{
    g_autofree char *text = g_strdup_printf(
        "%s%s", g_hash_table_contains(features->active, name) ? "on" : "off", is_free ? "" : " [fixed]");
    ethtool_state_put(state, "-K", name, text);
}

/* Only those that can be changed, and those that are on, have a name in the answer. */
static void features_read(const NetEthtool *self, const char *device, EthtoolState *state)
{
    struct nlattr *attrs[ATTRS + 1];
    g_autoptr(GByteArray) answer = ask(self, ETHTOOL_MSG_FEATURES_GET, device);
    g_autoptr(GHashTable) free = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) active = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) fixed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Features features = {free, active};
    GHashTableIter iter;
    gpointer name;
    if (!answer_parse(answer, attrs))
        return;
    bitset_visit(attrs[ETHTOOL_A_FEATURES_HW], name_take, free);
    bitset_visit(attrs[ETHTOOL_A_FEATURES_ACTIVE], name_take, active);
    bitset_visit(attrs[ETHTOOL_A_FEATURES_NOCHANGE], name_take, fixed);
    g_hash_table_iter_init(&iter, active);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        features_put(state, name, &features, FALSE);
    g_hash_table_iter_init(&iter, free);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        features_put(state, name, &features, !g_hash_table_contains(fixed, name));
}

void net_ethtool_read(NetEthtool *self, const EthtoolRequest *request, EthtoolState *state)
{
    guint8 last = 0;
    if (!request->verb || !net_ethtool_is_there(self))
        return;
    if (request->verb->has_features)
        features_read(self, request->device, state);
    for (gsize i = 0; i < request->verb->n; i++) {
        guint8 get = request->verb->rows[i].get;
        if (get != last)
            message_read(self, get, request, state);
        last = get;
    }
}

/* --- writing --- */

static void put_modes(struct nl_msg *msg, const char *modes)
{
    g_auto(GStrv) list = g_strsplit(modes, " ", -1);
    struct nlattr *set = nla_nest_start(msg, ETHTOOL_A_LINKMODES_OURS | NLA_F_NESTED);
    struct nlattr *bits = nla_nest_start(msg, ETHTOOL_A_BITSET_BITS | NLA_F_NESTED);
    for (char **mode = list; *mode; mode++)
        put_bit(msg, *mode, TRUE);
    nla_nest_end(msg, bits);
    nla_nest_end(msg, set);
}

static void put_setting(struct nl_msg *msg, const EthtoolSetting *setting)
{
    const EthtoolRow *row = setting->row;
    if (row->form == ETHTOOL_FORM_BITS)
        put_bits(msg, row->option.attr, (guint32)setting->number);
    else if (row->option.width == 1)
        nla_put_u8(msg, row->option.attr, (guint8)setting->number);
    else
        nla_put_u32(msg, row->option.attr, (guint32)setting->number);
}

/* All settings of a part that are in this message; NULL: none is. */
static struct nl_msg *message_build(const NetEthtool *self, guint8 get, const EthtoolRequest *request,
                                    const EthtoolState *state)
{
    struct nl_msg *msg = NULL;
    for (guint i = 0; i < request->settings->len; i++) {
        const EthtoolSetting *setting = g_ptr_array_index(request->settings, i);
        if (setting->row->get != get)
            continue;
        if (!msg)
            msg = device_message(self, get + 1, request->device, 0);
        put_setting(msg, setting);
    }
    const char *modes = ethtool_state_get(state, "-s", "supported");
    if (msg && get == ETHTOOL_MSG_LINKMODES_GET && modes && *modes &&
        ethtool_request_wants_all_modes(request))
        put_modes(msg, modes);
    return msg;
}

static int settings_set(const NetEthtool *self, const EthtoolRequest *request, const EthtoolState *state,
                        char **ret_text)
{
    int code = 0;
    guint8 last = 0;
    for (gsize i = 0; i < request->verb->n && !code; i++) {
        guint8 get = request->verb->rows[i].get;
        struct nl_msg *msg = get != last ? message_build(self, get, request, state) : NULL;
        last = get;
        if (msg)
            code = nl_batch_call(self->batch, msg, ret_text);
    }
    return code;
}

/* Returns: how many features the word stands for that can be changed. */
static guint put_features(struct nl_msg *msg, const EthtoolSetting *setting, const EthtoolState *state)
{
    const char *pattern = ethtool_feature_pattern(setting->word);
    guint n = 0;
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, (GHashTable *)state);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const char *name = g_str_has_prefix(key, "-K ") ? (const char *)key + 3 : NULL;
        if (!name || !ethtool_feature_matches(pattern, name) || strchr(value, '['))
            continue;
        put_bit(msg, name, setting->number != 0);
        n++;
    }
    return n;
}

/* Those that cannot be changed are refused by name only if they are not as asked for. */
static int features_set(const NetEthtool *self, const EthtoolRequest *request, const EthtoolState *state,
                        char **ret_text, const char **ret_fixed)
{
    struct nl_msg *msg = device_message(self, ETHTOOL_MSG_FEATURES_SET, request->device, 0);
    struct nlattr *set = nla_nest_start(msg, ETHTOOL_A_FEATURES_WANTED | NLA_F_NESTED);
    struct nlattr *bits = nla_nest_start(msg, ETHTOOL_A_BITSET_BITS | NLA_F_NESTED);
    const EthtoolSetting *refused = NULL;
    guint n = 0;
    for (guint i = 0; i < request->settings->len; i++) {
        const EthtoolSetting *setting = g_ptr_array_index(request->settings, i);
        guint found = put_features(msg, setting, state);
        if (!found && !ethtool_state_has_setting(state, request, setting))
            refused = setting;
        n += found;
    }
    nla_nest_end(msg, bits);
    nla_nest_end(msg, set);
    int code = n ? nl_batch_call(self->batch, msg, ret_text) : 0;
    if (!n)
        nlmsg_free(msg);
    if (code || !refused)
        return code;
    *ret_fixed = refused->word;
    return EOPNOTSUPP;
}

int net_ethtool_set(NetEthtool *self, const EthtoolRequest *request, char **ret_text, const char **ret_fixed)
{
    g_autoptr(GHashTable) state = ethtool_state_new();
    *ret_text = NULL;
    *ret_fixed = NULL;
    if (!net_ethtool_is_there(self))
        return EOPNOTSUPP;
    if (request->verb->has_features || ethtool_request_wants_all_modes(request))
        net_ethtool_read(self, request, state);
    return request->verb->has_features ? features_set(self, request, state, ret_text, ret_fixed)
                                       : settings_set(self, request, state, ret_text);
}
