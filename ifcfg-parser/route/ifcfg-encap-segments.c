/* Segment routing headers (RFC 8754): a list of addresses as the bytes that the kernel takes, and back. */
#include "i18n.h"
#include "ifcfg-encap-private.h"
#include <arpa/inet.h>
#include <linux/seg6.h>
#include <linux/seg6_hmac.h>
#include <linux/seg6_iptunnel.h>
#include <linux/seg6_local.h>
#include <string.h>

enum {
    ROUTING_TYPE = 4, /* RFC 8754, section 2 */
    HMAC_LENGTH = 38, /* RFC 8754, section 2.1.2: what follows type and length */
    SEGMENT_BYTES = 16,
    SEGMENTS_MAX = 20, /* more than any path has; `ip route` takes as many as fit into 1,023 characters */
};

static const char *const modes[] = {"inline", "encap", "l2encap", "encap.red", "l2encap.red"};

static gint mode_number(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(modes); i++)
        if (strcmp(modes[i], name) == 0)
            return (gint)i;
    return -1;
}

static gboolean segments_put(char **list, guint count, guint8 *last)
{
    for (guint i = 0; i < count; i++) {
        IfcfgIp ip;
        if (!ifcfg_ip_parse(list[i], AF_INET6, &ip))
            return FALSE;
        memcpy(last - i * SEGMENT_BYTES, ip.bytes, SEGMENT_BYTES);
    }
    return TRUE;
}

static void hmac_put(guint8 *at, guint32 key)
{
    struct sr6_tlv_hmac tlv = {.tlvhdr = {.type = SR6_TLV_HMAC, .len = HMAC_LENGTH}, .hmackeyid = htonl(key)};
    memcpy(at, &tlv, sizeof tlv);
}

/* Header of all segments, from the last to the first. @is_inline: with a free place for the address that the
 * packet has. Returns: NULL when @text is not a list of addresses. */
static GByteArray *segments_make(const char *text, gboolean is_inline, guint32 hmac)
{
    g_auto(GStrv) list = g_strsplit(text, ",", 0);
    guint given = g_strv_length(list), all = given + (is_inline ? 1 : 0);
    gsize plain = sizeof(struct ipv6_sr_hdr) + all * SEGMENT_BYTES;
    gsize size = plain + (hmac ? sizeof(struct sr6_tlv_hmac) : 0);
    if (!given || given > SEGMENTS_MAX)
        return NULL;
    g_autoptr(GByteArray) header = g_byte_array_new();
    g_byte_array_set_size(header, (guint)size);
    memset(header->data, 0, size);
    struct ipv6_sr_hdr fixed = {.hdrlen = (guint8)(size / 8 - 1),
                                .type = ROUTING_TYPE,
                                .segments_left = (guint8)(all - 1),
                                .first_segment = (guint8)(all - 1),
                                .flags = hmac ? SR6_FLAG1_HMAC : 0};
    memcpy(header->data, &fixed, sizeof fixed);
    if (!segments_put(list, given, header->data + plain - SEGMENT_BYTES))
        return NULL;
    if (hmac)
        hmac_put(header->data + plain, hmac);
    return g_steal_pointer(&header);
}

static void segments_print(const guint8 *bytes, gsize size, gboolean is_inline, GString *text)
{
    struct ipv6_sr_hdr fixed;
    struct sr6_tlv_hmac tlv;
    if (size < sizeof fixed)
        return;
    memcpy(&fixed, bytes, sizeof fixed);
    gsize count = fixed.first_segment + 1u, end = sizeof fixed + count * SEGMENT_BYTES;
    const char *before = " segs ";
    for (gsize i = count; end <= size && i-- > (is_inline ? 1 : 0); before = ",") {
        IfcfgIp ip = {.family = AF_INET6};
        memcpy(ip.bytes, bytes + sizeof fixed + i * SEGMENT_BYTES, SEGMENT_BYTES);
        g_autofree char *printed = ifcfg_ip_format(&ip);
        g_string_append_printf(text, "%s%s", before, printed);
    }
    if (!(fixed.flags & SR6_FLAG1_HMAC) || end + sizeof tlv > size)
        return;
    memcpy(&tlv, bytes + end, sizeof tlv);
    g_string_append_printf(text, " hmac %u", ntohl(tlv.hmackeyid));
}

/* --- the words --- */

static gboolean mode_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word)
{
    const IfcfgWord *value = ifcfg_words_value(reader->words, word);
    (void)row;
    if (!value)
        return FALSE;
    if (reader->mode >= 0)
        return ifcfg_words_fail(reader->words, word, _("\"%s\" is given twice"), word->text);
    reader->mode = mode_number(value->text);
    return reader->mode >= 0 ||
           ifcfg_words_fail(reader->words, value,
                            _("\"%s\" is not one of inline, encap, encap.red, l2encap, l2encap.red"),
                            value->text);
}

const IfcfgEncapForm ifcfg_encap_mode = {mode_parse, NULL};

static gboolean hmac_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word)
{
    guint64 key;
    (void)row;
    if (!ifcfg_words_number(reader->words, word, G_MAXUINT32, &key))
        return FALSE;
    reader->hmac = (guint32)key;
    return TRUE;
}

const IfcfgEncapForm ifcfg_encap_hmac = {hmac_parse, NULL};

static gboolean segments_parse(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word)
{
    (void)row;
    if (reader->segments)
        return ifcfg_words_fail(reader->words, word, _("\"%s\" is given twice"), word->text);
    reader->segments = ifcfg_words_value(reader->words, word);
    return reader->segments != NULL;
}

static void seg6_print(const IfcfgEncapRow *row, const guint8 *bytes, gsize size, GString *text)
{
    gint mode;
    (void)row;
    if (size < sizeof mode)
        return;
    memcpy(&mode, bytes, sizeof mode);
    if (mode >= 0 && mode < (gint)G_N_ELEMENTS(modes))
        g_string_append_printf(text, " mode %s", modes[mode]);
    segments_print(bytes + sizeof mode, size - sizeof mode, mode == SEG6_IPTUN_MODE_INLINE, text);
}

const IfcfgEncapForm ifcfg_encap_segments = {segments_parse, seg6_print};

/* End.B6 alone puts its list into the packet as it is, and leaves its first place free for the packet's own
 * address; so in @bytes that place is all zeros, as no segment can be. */
static void local_print(const IfcfgEncapRow *row, const guint8 *bytes, gsize size, GString *text)
{
    static const guint8 zero[SEGMENT_BYTES];
    gsize first = sizeof(struct ipv6_sr_hdr);
    (void)row;
    g_string_append(text, " srh");
    segments_print(bytes, size, size >= first + SEGMENT_BYTES && !memcmp(bytes + first, zero, sizeof zero),
                   text);
}

const IfcfgEncapForm ifcfg_encap_local_segments = {segments_parse, local_print};

static gboolean needs_fail(IfcfgEncapReader *reader, const char *type, const char *what)
{
    return ifcfg_words_fail(reader->words, NULL, _("\"encap %s\" needs \"%s\""), type, what);
}

static GByteArray *header_read(IfcfgEncapReader *reader, gboolean is_inline)
{
    GByteArray *header = segments_make(reader->segments->text, is_inline, reader->hmac);
    if (!header)
        ifcfg_words_fail(reader->words, reader->segments,
                         _("\"%s\" is not a list of IPv6 addresses A,B,C, at most %u"),
                         reader->segments->text, SEGMENTS_MAX);
    return header;
}

gboolean ifcfg_encap_segments_finish(IfcfgEncapReader *reader)
{
    if (reader->mode < 0 || !reader->segments)
        return needs_fail(reader, "seg6", reader->mode < 0 ? "mode" : "segs");
    g_autoptr(GByteArray) header = header_read(reader, reader->mode == SEG6_IPTUN_MODE_INLINE);
    if (!header)
        return FALSE;
    g_byte_array_prepend(header, (const guint8 *)&reader->mode, sizeof reader->mode);
    ifcfg_encap_set(reader->encap, SEG6_IPTUNNEL_SRH, header->data, header->len, TRUE);
    return TRUE;
}

gboolean ifcfg_encap_local_finish(IfcfgEncapReader *reader)
{
    GBytes *action = reader->encap->attrs[SEG6_LOCAL_ACTION];
    guint32 number;
    if (!action)
        return needs_fail(reader, "seg6local", "action");
    memcpy(&number, g_bytes_get_data(action, NULL), sizeof number);
    g_autoptr(GByteArray) header =
        reader->segments ? header_read(reader, number == SEG6_LOCAL_ACTION_END_B6) : NULL;
    if (header)
        ifcfg_encap_set(reader->encap, SEG6_LOCAL_SRH, header->data, header->len, TRUE);
    return header || !reader->segments;
}
