/* Encapsulations of routes: one table of words a type; read, printed and compared by its rows. */
#include "i18n.h"
#include "ifcfg-encap-private.h"
#include <linux/if_tunnel.h>
#include <linux/lwtunnel.h>
#include <linux/mpls_iptunnel.h>
#include <linux/seg6_iptunnel.h>
#include <linux/seg6_local.h>
#include <string.h>

#define HOOK_HINT N_("a route that needs it is for a line of `ip route` in /sbin/ifup-local")
#define FLAG(word_, attr_, bit_)                                                                             \
    {                                                                                                        \
        .word = word_, .attr = attr_, .form = &ifcfg_encap_bit, .bit = bit_                                  \
    }
#define REFUSED(word_)                                                                                       \
    {                                                                                                        \
        .word = word_, .form = &ifcfg_encap_refused, .hint = HOOK_HINT                                       \
    }
#define OPTIONS_OF_TUNNELS REFUSED("geneve_opts"), REFUSED("vxlan_opts"), REFUSED("erspan_opts")

/* In the order of `ip route show`, in which they are printed. */
static const IfcfgEncapRow mpls_rows[] = {
    {.attr = MPLS_IPTUNNEL_DST, .form = &ifcfg_encap_labels, .keeps_zero = TRUE}, /* the one without a word */
    {.word = "ttl", .attr = MPLS_IPTUNNEL_TTL, .form = &ifcfg_encap_u8, .keeps_zero = TRUE},
    {NULL},
};

static const IfcfgEncapRow ip_rows[] = {
    {.word = "id", .attr = LWTUNNEL_IP_ID, .form = &ifcfg_encap_u64},
    {.word = "src", .attr = LWTUNNEL_IP_SRC, .form = &ifcfg_encap_ip4},
    {.word = "dst", .attr = LWTUNNEL_IP_DST, .form = &ifcfg_encap_ip4},
    {.word = "ttl", .attr = LWTUNNEL_IP_TTL, .form = &ifcfg_encap_u8},
    {.word = "tos", .attr = LWTUNNEL_IP_TOS, .form = &ifcfg_encap_dsfield},
    FLAG("key", LWTUNNEL_IP_FLAGS, TUNNEL_KEY),
    FLAG("csum", LWTUNNEL_IP_FLAGS, TUNNEL_CSUM),
    FLAG("seq", LWTUNNEL_IP_FLAGS, TUNNEL_SEQ),
    OPTIONS_OF_TUNNELS,
    {NULL},
};

static const IfcfgEncapRow ip6_rows[] = {
    {.word = "id", .attr = LWTUNNEL_IP6_ID, .form = &ifcfg_encap_u64},
    {.word = "src", .attr = LWTUNNEL_IP6_SRC, .form = &ifcfg_encap_ip6},
    {.word = "dst", .attr = LWTUNNEL_IP6_DST, .form = &ifcfg_encap_ip6},
    {.word = "hoplimit", .attr = LWTUNNEL_IP6_HOPLIMIT, .form = &ifcfg_encap_u8},
    {.word = "tc", .attr = LWTUNNEL_IP6_TC, .form = &ifcfg_encap_dsfield},
    FLAG("key", LWTUNNEL_IP6_FLAGS, TUNNEL_KEY),
    FLAG("csum", LWTUNNEL_IP6_FLAGS, TUNNEL_CSUM),
    FLAG("seq", LWTUNNEL_IP6_FLAGS, TUNNEL_SEQ),
    OPTIONS_OF_TUNNELS,
    {NULL},
};

/* All three words are one attribute, the header. */
static const IfcfgEncapRow seg6_rows[] = {
    {.word = "mode", .attr = SEG6_IPTUNNEL_SRH, .form = &ifcfg_encap_mode},
    {.word = "segs", .attr = SEG6_IPTUNNEL_SRH, .form = &ifcfg_encap_segments, .keeps_zero = TRUE},
    {.word = "hmac", .attr = SEG6_IPTUNNEL_SRH, .form = &ifcfg_encap_hmac},
    {NULL},
};

static const IfcfgEncapRow seg6local_rows[] = {
    {.word = "action", .attr = SEG6_LOCAL_ACTION, .form = &ifcfg_encap_action},
    {.word = "table", .attr = SEG6_LOCAL_TABLE, .form = &ifcfg_encap_table},
    {.word = "vrftable", .attr = SEG6_LOCAL_VRFTABLE, .form = &ifcfg_encap_table},
    {.word = "nh4", .attr = SEG6_LOCAL_NH4, .form = &ifcfg_encap_ip4, .keeps_zero = TRUE},
    {.word = "nh6", .attr = SEG6_LOCAL_NH6, .form = &ifcfg_encap_ip6, .keeps_zero = TRUE},
    {.word = "srh", .attr = SEG6_LOCAL_SRH, .form = &ifcfg_encap_mark},
    {.word = "segs", .attr = SEG6_LOCAL_SRH, .form = &ifcfg_encap_local_segments, .keeps_zero = TRUE},
    {.word = "hmac", .attr = SEG6_LOCAL_SRH, .form = &ifcfg_encap_hmac},
    {.word = "count", .attr = SEG6_LOCAL_COUNTERS, .form = &ifcfg_encap_count},
    REFUSED("iif"),
    REFUSED("oif"),
    REFUSED("endpoint"),
    REFUSED("flavors"),
    {NULL},
};

typedef struct {
    const char *name;
    const IfcfgEncapRow *rows;                    /* NULL: only the kernel knows them */
    gboolean (*finish)(IfcfgEncapReader *reader); /* all words are read; NULL: nothing to do */
} EncapType;

/* By LWTUNNEL_ENCAP_*. */
static const EncapType types[] = {
    [LWTUNNEL_ENCAP_MPLS] = {"mpls", mpls_rows, NULL},
    [LWTUNNEL_ENCAP_IP] = {"ip", ip_rows, NULL},
    [LWTUNNEL_ENCAP_ILA] = {"ila", NULL, NULL},
    [LWTUNNEL_ENCAP_IP6] = {"ip6", ip6_rows, NULL},
    [LWTUNNEL_ENCAP_SEG6] = {"seg6", seg6_rows, ifcfg_encap_segments_finish},
    [LWTUNNEL_ENCAP_BPF] = {"bpf", NULL, NULL},
    [LWTUNNEL_ENCAP_SEG6_LOCAL] = {"seg6local", seg6local_rows, ifcfg_encap_local_finish},
    [LWTUNNEL_ENCAP_RPL] = {"rpl", NULL, NULL},
    [LWTUNNEL_ENCAP_IOAM6] = {"ioam6", NULL, NULL},
    [LWTUNNEL_ENCAP_XFRM] = {"xfrm", NULL, NULL},
};

static const EncapType *type_of(guint16 type)
{
    return type < G_N_ELEMENTS(types) && types[type].name ? &types[type] : NULL;
}

static const IfcfgEncapRow *rows_of(guint16 type)
{
    static const IfcfgEncapRow none[] = {{NULL}};
    const EncapType *known = type_of(type);
    return known && known->rows ? known->rows : none;
}

/* A row without form ends a table. */
static const IfcfgEncapRow *row_by_attr(guint16 type, guint attr)
{
    for (const IfcfgEncapRow *row = rows_of(type); row->form; row++)
        if (row->attr == attr && row->form->print)
            return row;
    return NULL;
}

static const IfcfgEncapRow *row_by_word(guint16 type, const char *word)
{
    for (const IfcfgEncapRow *row = rows_of(type); row->form; row++)
        if (!g_strcmp0(row->word, word))
            return row;
    return NULL;
}

/* --- the value --- */

IfcfgEncap *ifcfg_encap_new(guint16 type)
{
    IfcfgEncap *self = g_new0(IfcfgEncap, 1);
    self->type = type;
    return self;
}

void ifcfg_encap_free(IfcfgEncap *self)
{
    for (guint i = 0; self && i < IFCFG_ENCAP_ATTRS; i++)
        g_clear_pointer(&self->attrs[i], g_bytes_unref);
    g_free(self);
}

IfcfgEncap *ifcfg_encap_copy(const IfcfgEncap *self)
{
    IfcfgEncap *copy = self ? g_memdup2(self, sizeof *self) : NULL;
    for (guint i = 0; copy && i < IFCFG_ENCAP_ATTRS; i++)
        if (copy->attrs[i])
            g_bytes_ref(copy->attrs[i]);
    return copy;
}

gboolean ifcfg_encap_equal(const IfcfgEncap *a, const IfcfgEncap *b)
{
    if (!a || !b || a->type != b->type)
        return a == b;
    for (guint i = 0; i < IFCFG_ENCAP_ATTRS; i++)
        if (!a->attrs[i] != !b->attrs[i] || (a->attrs[i] && !g_bytes_equal(a->attrs[i], b->attrs[i])))
            return FALSE;
    return TRUE;
}

gsize ifcfg_encap_size(const IfcfgEncap *self)
{
    enum { HEADER = 4, ALIGNMENT = 4 };
    gsize size = 0;
    for (guint i = 0; self && i < IFCFG_ENCAP_ATTRS; i++)
        if (self->attrs[i])
            size += HEADER + g_bytes_get_size(self->attrs[i]) + ALIGNMENT - 1;
    return self ? size + 4 * HEADER : 0; /* the list and the type have headers too */
}

static gboolean is_zero(const guint8 *bytes, gsize size)
{
    for (gsize i = 0; i < size; i++)
        if (bytes[i])
            return FALSE;
    return TRUE;
}

void ifcfg_encap_set(IfcfgEncap *self, guint number, gconstpointer bytes, gsize size, gboolean keeps_zero)
{
    g_return_if_fail(number < IFCFG_ENCAP_ATTRS);
    g_clear_pointer(&self->attrs[number], g_bytes_unref);
    if (keeps_zero || !is_zero(bytes, size))
        self->attrs[number] = g_bytes_new(bytes, size);
}

void ifcfg_encap_note(IfcfgEncap *self, guint number, gconstpointer bytes, gsize size)
{
    const IfcfgEncapRow *row = row_by_attr(self->type, number);
    IfcfgEncapReader reader = {.encap = self};
    if (number >= IFCFG_ENCAP_ATTRS)
        return;
    if (row && row->form == &ifcfg_encap_count) /* as it was asked for: without what was counted since */
        row->form->parse(&reader, row, NULL);
    else
        ifcfg_encap_set(self, number, bytes, size, !row || row->keeps_zero);
}

gboolean ifcfg_encap_is_writable(const IfcfgEncap *self)
{
    const EncapType *type = type_of(self->type);
    for (guint i = 0; i < IFCFG_ENCAP_ATTRS; i++)
        if (self->attrs[i] && !row_by_attr(self->type, i))
            return FALSE;
    return type && type->rows;
}

/* --- words --- */

char *ifcfg_encap_format(const IfcfgEncap *self)
{
    const EncapType *type = type_of(self->type);
    GString *text = g_string_new(type ? type->name : NULL);
    if (!type)
        g_string_printf(text, "%u", self->type);
    for (const IfcfgEncapRow *row = rows_of(self->type); row->form; row++) {
        GBytes *value = row->form->print ? self->attrs[row->attr] : NULL;
        if (value)
            row->form->print(row, g_bytes_get_data(value, NULL), g_bytes_get_size(value), text);
    }
    for (guint i = 0; i < IFCFG_ENCAP_ATTRS; i++)
        if (self->attrs[i] && !row_by_attr(self->type, i)) /* so that it is at least seen */
            g_string_append_printf(text, " [%u]", i);
    return g_string_free(text, FALSE);
}

static gboolean type_parse(IfcfgWords *words, const IfcfgWord *word, guint16 *ret)
{
    for (guint16 i = 0; i < G_N_ELEMENTS(types); i++) {
        if (!types[i].name || strcmp(types[i].name, word->text) != 0)
            continue;
        *ret = i;
        return types[i].rows ||
               ifcfg_words_fail(words, word, _("\"%s\" is not supported: %s"), word->text, _(HOOK_HINT));
    }
    return ifcfg_words_fail(
        words, word, _("\"%s\" is not an encapsulation: mpls, ip, ip6, seg6 and seg6local are"), word->text);
}

static gboolean word_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row)
{
    const IfcfgWord *word = ifcfg_words_take(reader->words);
    return row->form->parse(reader, row, word);
}

gboolean ifcfg_encap_parse(IfcfgWords *words, const IfcfgWord *keyword, IfcfgEncap **ret)
{
    guint16 type = 0;
    const IfcfgWord *word = ifcfg_words_value(words, keyword);
    if (!word || !type_parse(words, word, &type))
        return FALSE;
    g_autoptr(IfcfgEncap) encap = ifcfg_encap_new(type);
    IfcfgEncapReader reader = {.words = words, .encap = encap, .mode = -1};
    const IfcfgEncapRow *row = row_by_word(type, NULL);
    if (row && !row->form->parse(&reader, row, word))
        return FALSE;
    while ((word = ifcfg_words_peek(words)) && (row = row_by_word(type, word->text)))
        if (!word_parse(&reader, row))
            return FALSE;
    if (types[type].finish && !types[type].finish(&reader))
        return FALSE;
    ifcfg_encap_free(*ret);
    *ret = g_steal_pointer(&encap);
    return TRUE;
}
