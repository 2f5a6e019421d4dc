/* The values that words of an encapsulation take: as bytes of a netlink attribute, and back. */
#include "i18n.h"
#include "ifcfg-encap-private.h"
#include <arpa/inet.h>
#include <linux/seg6_local.h>
#include <string.h>

static gboolean twice_fail(IfcfgEncapReader *reader, const IfcfgWord *word)
{
    return ifcfg_words_fail(reader->words, word, _("\"%s\" is given twice"), word->text);
}

/* Stores a value once. */
static gboolean store(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word,
                      gconstpointer bytes, gsize size)
{
    if (reader->encap->attrs[row->attr])
        return twice_fail(reader, word);
    ifcfg_encap_set(reader->encap, row->attr, bytes, size, row->keeps_zero);
    return TRUE;
}

/* --- numbers --- */

static gboolean u8_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word)
{
    guint64 number;
    if (!ifcfg_words_number(reader->words, word, G_MAXUINT8, &number))
        return FALSE;
    guint8 value = (guint8)number;
    return store(reader, row, word, &value, sizeof value);
}

static void u8_print(const IfcfgEncapRow *row, const guint8 *bytes, gsize size, GString *text)
{
    if (size >= 1)
        g_string_append_printf(text, " %s %u", row->word, bytes[0]);
}

const IfcfgEncapForm ifcfg_encap_u8 = {u8_parse, u8_print};

static gboolean u64_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word)
{
    guint64 number;
    if (!ifcfg_words_number(reader->words, word, G_MAXUINT64, &number))
        return FALSE;
    guint64 value = GUINT64_TO_BE(number);
    return store(reader, row, word, &value, sizeof value);
}

static void u64_print(const IfcfgEncapRow *row, const guint8 *bytes, gsize size, GString *text)
{
    guint64 value;
    if (size < sizeof value)
        return;
    memcpy(&value, bytes, sizeof value);
    g_string_append_printf(text, " %s %" G_GUINT64_FORMAT, row->word, GUINT64_FROM_BE(value));
}

const IfcfgEncapForm ifcfg_encap_u64 = {u64_parse, u64_print};

static gboolean dsfield_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word)
{
    guint32 number;
    if (!ifcfg_words_named(reader->words, word, IFCFG_RT_DSFIELD, &number))
        return FALSE;
    guint8 value = (guint8)number;
    return store(reader, row, word, &value, sizeof value);
}

static void dsfield_print(const IfcfgEncapRow *row, const guint8 *bytes, gsize size, GString *text)
{
    if (size >= 1)
        g_string_append_printf(text, " %s 0x%02x", row->word, bytes[0]);
}

const IfcfgEncapForm ifcfg_encap_dsfield = {dsfield_parse, dsfield_print};

static gboolean table_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word)
{
    guint32 table;
    return ifcfg_words_named(reader->words, word, IFCFG_RT_TABLE, &table) &&
           store(reader, row, word, &table, sizeof table);
}

static void table_print(const IfcfgEncapRow *row, const guint8 *bytes, gsize size, GString *text)
{
    guint32 table;
    if (size < sizeof table)
        return;
    memcpy(&table, bytes, sizeof table);
    ifcfg_rtnames_append(text, row->word, IFCFG_RT_TABLE, table);
}

const IfcfgEncapForm ifcfg_encap_table = {table_parse, table_print};

/* One bit of a number in network order; several words share the attribute. */
static gboolean bit_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word)
{
    GBytes *before = reader->encap->attrs[row->attr];
    guint16 bits = 0;
    if (before && g_bytes_get_size(before) >= sizeof bits)
        memcpy(&bits, g_bytes_get_data(before, NULL), sizeof bits);
    if (bits & row->bit)
        return twice_fail(reader, word);
    bits |= row->bit;
    ifcfg_encap_set(reader->encap, row->attr, &bits, sizeof bits, FALSE);
    return TRUE;
}

static void bit_print(const IfcfgEncapRow *row, const guint8 *bytes, gsize size, GString *text)
{
    guint16 bits = 0;
    if (size >= sizeof bits)
        memcpy(&bits, bytes, sizeof bits);
    if (bits & row->bit)
        g_string_append_printf(text, " %s", row->word);
}

const IfcfgEncapForm ifcfg_encap_bit = {bit_parse, bit_print};

/* --- addresses --- */

static gboolean ip_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word,
                         int family)
{
    IfcfgIp ip;
    return ifcfg_words_address(reader->words, word, family, &ip) &&
           store(reader, row, word, ip.bytes, ifcfg_ip_size(&ip));
}

static void ip_print(const IfcfgEncapRow *row, const guint8 *bytes, gsize size, int family, GString *text)
{
    IfcfgIp ip = {.family = (guint8)family};
    if (size < ifcfg_ip_size(&ip))
        return;
    memcpy(ip.bytes, bytes, ifcfg_ip_size(&ip));
    g_autofree char *printed = ifcfg_ip_format(&ip);
    g_string_append_printf(text, " %s %s", row->word, printed);
}

static gboolean ip4_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word)
{
    return ip_parse(reader, row, word, AF_INET);
}

static void ip4_print(const IfcfgEncapRow *row, const guint8 *bytes, gsize size, GString *text)
{
    ip_print(row, bytes, size, AF_INET, text);
}

const IfcfgEncapForm ifcfg_encap_ip4 = {ip4_parse, ip4_print};

static gboolean ip6_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word)
{
    return ip_parse(reader, row, word, AF_INET6);
}

static void ip6_print(const IfcfgEncapRow *row, const guint8 *bytes, gsize size, GString *text)
{
    ip_print(row, bytes, size, AF_INET6, text);
}

const IfcfgEncapForm ifcfg_encap_ip6 = {ip6_parse, ip6_print};

/* --- a stack of MPLS labels (RFC 3032, section 2.1) --- */

enum { LABEL_MAX = (1 << 20) - 1, LABEL_SHIFT = 12, LABEL_IS_LAST = 1 << 8, LABELS_MAX = 16 };

static GByteArray *labels_make(const char *text)
{
    g_auto(GStrv) list = g_strsplit(text, "/", 0);
    guint count = g_strv_length(list);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    if (count > LABELS_MAX)
        return NULL;
    for (guint i = 0; i < count; i++) {
        guint64 label;
        if (!ifcfg_number_parse(list[i], LABEL_MAX, &label))
            return NULL;
        guint32 entry = htonl((guint32)label << LABEL_SHIFT | (i + 1 == count ? LABEL_IS_LAST : 0));
        g_byte_array_append(bytes, (const guint8 *)&entry, sizeof entry);
    }
    return g_steal_pointer(&bytes);
}

/* They follow the type at once. */
static gboolean labels_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word)
{
    const IfcfgWord *value = ifcfg_words_value(reader->words, word);
    g_autoptr(GByteArray) labels = value ? labels_make(value->text) : NULL;
    if (!value)
        return FALSE;
    if (!labels)
        return ifcfg_words_fail(reader->words, value,
                                _("\"%s\" is not an MPLS label from 0 to 1048575, nor several as in 100/200"),
                                value->text);
    return store(reader, row, word, labels->data, labels->len);
}

static void labels_print(const IfcfgEncapRow *row, const guint8 *bytes, gsize size, GString *text)
{
    guint32 entry;
    (void)row;
    for (gsize at = 0; at + sizeof entry <= size; at += sizeof entry) {
        memcpy(&entry, bytes + at, sizeof entry);
        g_string_append_printf(text, "%c%u", at ? '/' : ' ', ntohl(entry) >> LABEL_SHIFT);
    }
}

const IfcfgEncapForm ifcfg_encap_labels = {labels_parse, labels_print};

/* --- what is done to a packet that ends here (RFC 8986, section 4) --- */

static const char *const actions[] = {
    [SEG6_LOCAL_ACTION_END] = "End",         [SEG6_LOCAL_ACTION_END_X] = "End.X",
    [SEG6_LOCAL_ACTION_END_T] = "End.T",     [SEG6_LOCAL_ACTION_END_DX2] = "End.DX2",
    [SEG6_LOCAL_ACTION_END_DX6] = "End.DX6", [SEG6_LOCAL_ACTION_END_DX4] = "End.DX4",
    [SEG6_LOCAL_ACTION_END_DT6] = "End.DT6", [SEG6_LOCAL_ACTION_END_DT4] = "End.DT4",
    [SEG6_LOCAL_ACTION_END_B6] = "End.B6",   [SEG6_LOCAL_ACTION_END_B6_ENCAP] = "End.B6.Encaps",
    [SEG6_LOCAL_ACTION_END_BM] = "End.BM",   [SEG6_LOCAL_ACTION_END_S] = "End.S",
    [SEG6_LOCAL_ACTION_END_AS] = "End.AS",   [SEG6_LOCAL_ACTION_END_AM] = "End.AM",
    [SEG6_LOCAL_ACTION_END_BPF] = "End.BPF", [SEG6_LOCAL_ACTION_END_DT46] = "End.DT46",
};

static gboolean action_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word)
{
    const IfcfgWord *value = ifcfg_words_value(reader->words, word);
    if (!value)
        return FALSE;
    for (guint32 i = 0; i < G_N_ELEMENTS(actions); i++)
        if (!g_strcmp0(actions[i], value->text))
            return store(reader, row, word, &i, sizeof i);
    return ifcfg_words_fail(reader->words, value, _("\"%s\" is not an action like End, End.X or End.DT6"),
                            value->text);
}

static void action_print(const IfcfgEncapRow *row, const guint8 *bytes, gsize size, GString *text)
{
    guint32 action;
    if (size < sizeof action)
        return;
    memcpy(&action, bytes, sizeof action);
    if (action < G_N_ELEMENTS(actions) && actions[action])
        g_string_append_printf(text, " %s %s", row->word, actions[action]);
    else
        g_string_append_printf(text, " %s %u", row->word, action);
}

const IfcfgEncapForm ifcfg_encap_action = {action_parse, action_print};

/* Counters begin at 0. */
static gboolean count_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word)
{
    static const guint16 counters[] = {SEG6_LOCAL_CNT_PACKETS, SEG6_LOCAL_CNT_BYTES, SEG6_LOCAL_CNT_ERRORS};
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    for (guint i = 0; i < G_N_ELEMENTS(counters); i++) {
        static const guint64 zero = 0;
        /* as of any attribute within another */
        guint16 header[2] = {sizeof header + sizeof zero, counters[i]};
        g_byte_array_append(bytes, (const guint8 *)header, sizeof header);
        g_byte_array_append(bytes, (const guint8 *)&zero, sizeof zero);
    }
    (void)word;
    ifcfg_encap_set(reader->encap, row->attr, bytes->data, bytes->len, TRUE);
    return TRUE;
}

static void mark_print(const IfcfgEncapRow *row, const guint8 *bytes, gsize size, GString *text)
{
    (void)bytes, (void)size;
    g_string_append_printf(text, " %s", row->word);
}

const IfcfgEncapForm ifcfg_encap_count = {count_parse, mark_print};

/* --- words without meaning of their own --- */

/* "srh" only says that "segs" follows. */
static gboolean mark_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word)
{
    (void)reader, (void)row, (void)word;
    return TRUE;
}

const IfcfgEncapForm ifcfg_encap_mark = {mark_parse, NULL};

static gboolean refused_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word)
{
    return ifcfg_words_fail(reader->words, word, _("\"%s\" is not supported: %s"), word->text, _(row->hint));
}

const IfcfgEncapForm ifcfg_encap_refused = {refused_parse, NULL};
