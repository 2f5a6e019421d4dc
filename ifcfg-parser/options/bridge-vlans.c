/* Lists of VLANs of bridges and their ports, read and written. */
#include "bridge-vlans.h"
#include <string.h>

void bridge_vlans_set(BridgeVlans *self, guint16 id, guint8 flags)
{
    guint16 before = flags & BRIDGE_VLAN_PVID ? bridge_vlans_pvid(self) : 0;
    if (before)
        self->flags[before] &= (guint8)~BRIDGE_VLAN_PVID;
    self->flags[id] = flags;
}

guint16 bridge_vlans_pvid(const BridgeVlans *self)
{
    for (guint16 id = BRIDGE_VLAN_FIRST; id <= BRIDGE_VLAN_LAST; id++)
        if (self->flags[id] & BRIDGE_VLAN_PVID)
            return id;
    return 0;
}

gboolean bridge_vlans_is_empty(const BridgeVlans *self)
{
    for (guint id = BRIDGE_VLAN_FIRST; id <= BRIDGE_VLAN_LAST; id++)
        if (self->flags[id])
            return FALSE;
    return TRUE;
}

static gboolean id_parse(const char *text, guint64 *ret_id)
{
    return g_ascii_string_to_unsigned(text, 10, BRIDGE_VLAN_FIRST, BRIDGE_VLAN_LAST, ret_id, NULL);
}

/* "300-400" or "300" */
static gboolean range_parse(const char *text, guint64 *ret_first, guint64 *ret_last)
{
    g_auto(GStrv) ends = g_strsplit(text, "-", 2);
    if (!ends[0] || !id_parse(ends[0], ret_first))
        return FALSE;
    *ret_last = *ret_first;
    return !ends[1] || (id_parse(ends[1], ret_last) && *ret_first <= *ret_last);
}

static guint8 flag_parse(const char *word)
{
    if (g_str_equal(word, "pvid"))
        return BRIDGE_VLAN_PVID;
    return g_str_equal(word, "untagged") ? BRIDGE_VLAN_UNTAGGED : 0;
}

/* One part: a range, and what is said of it. */
static gboolean part_parse(BridgeVlans *self, const char *part)
{
    g_auto(GStrv) words = g_strsplit_set(part, " \t", -1);
    guint64 first = 0, last = 0;
    guint8 flags = BRIDGE_VLAN_IN;
    for (char **word = words; *word; word++) {
        guint8 flag = first ? flag_parse(*word) : 0;
        if (!**word)
            continue;
        if (first ? !flag : !range_parse(*word, &first, &last))
            return FALSE;
        flags |= flag;
    }
    if (!first || (flags & BRIDGE_VLAN_PVID && (first != last || bridge_vlans_pvid(self))))
        return FALSE;
    for (guint64 id = first; id <= last; id++)
        bridge_vlans_set(self, (guint16)id, flags);
    return TRUE;
}

BridgeVlans *bridge_vlans_parse(const char *text, char **ret_bad)
{
    g_autofree BridgeVlans *self = g_new0(BridgeVlans, 1);
    g_auto(GStrv) parts = g_strsplit(text ? text : "", ",", -1);
    for (char **part = parts; *part; part++) {
        g_strstrip(*part);
        if (**part && !part_parse(self, *part)) {
            if (ret_bad)
                *ret_bad = g_strdup(*part);
            return NULL;
        }
    }
    return g_steal_pointer(&self);
}

gboolean bridge_vlans_next(const BridgeVlans *self, guint *first, guint *last)
{
    for (*first = *last + 1; *first <= BRIDGE_VLAN_LAST && !self->flags[*first]; ++*first)
        ;
    for (*last = *first; *last < BRIDGE_VLAN_LAST && self->flags[*last + 1] == self->flags[*first]; ++*last)
        ;
    return *first <= BRIDGE_VLAN_LAST;
}

char *bridge_vlans_format(const BridgeVlans *self)
{
    GString *text = g_string_new(NULL);
    for (guint id, last = 0; bridge_vlans_next(self, &id, &last);) {
        guint8 flags = self->flags[id];
        g_string_append_printf(text, "%s%u", text->len ? "," : "", id);
        if (last > id)
            g_string_append_printf(text, "-%u", last);
        if (flags & BRIDGE_VLAN_PVID)
            g_string_append(text, " pvid");
        if (flags & BRIDGE_VLAN_UNTAGGED)
            g_string_append(text, " untagged");
    }
    return g_string_free(text, FALSE);
}

char *bridge_vlans_lacking(const char *wanted, const char *actual)
{
    g_autofree BridgeVlans *want = bridge_vlans_parse(wanted, NULL), *have = bridge_vlans_parse(actual, NULL);
    for (guint id = BRIDGE_VLAN_FIRST; id <= BRIDGE_VLAN_LAST; id++)
        if (want->flags[id] == have->flags[id])
            want->flags[id] = 0;
    return bridge_vlans_format(want);
}

char *bridge_vlans_left_over(const char *ours, const char *wanted, const char *actual)
{
    g_autofree BridgeVlans *mine = bridge_vlans_parse(ours, NULL), *want = bridge_vlans_parse(wanted, NULL),
                           *have = bridge_vlans_parse(actual, NULL);
    for (guint id = BRIDGE_VLAN_FIRST; id <= BRIDGE_VLAN_LAST; id++)
        mine->flags[id] = mine->flags[id] && !want->flags[id] && have->flags[id] ? BRIDGE_VLAN_IN : 0;
    return bridge_vlans_format(mine);
}

char *bridge_vlans_without(const char *list, const char *other)
{
    g_autofree BridgeVlans *rest = bridge_vlans_parse(list, NULL), *out = bridge_vlans_parse(other, NULL);
    for (guint id = BRIDGE_VLAN_FIRST; id <= BRIDGE_VLAN_LAST; id++)
        if (out->flags[id])
            rest->flags[id] = 0;
    return bridge_vlans_format(rest);
}

char *bridge_vlans_with_default(const char *list, guint16 pvid)
{
    g_autofree BridgeVlans *vlans = bridge_vlans_parse(list, NULL);
    guint8 flags = BRIDGE_VLAN_IN | BRIDGE_VLAN_UNTAGGED;
    if (!bridge_vlans_pvid(vlans))
        flags |= BRIDGE_VLAN_PVID;
    if (pvid && !vlans->flags[pvid])
        bridge_vlans_set(vlans, pvid, flags);
    return bridge_vlans_format(vlans);
}

char *bridge_vlans_joined(const char *list, const char *other)
{
    g_autofree BridgeVlans *all = bridge_vlans_parse(other, NULL), *first = bridge_vlans_parse(list, NULL);
    for (guint16 id = BRIDGE_VLAN_FIRST; id <= BRIDGE_VLAN_LAST; id++)
        if (first->flags[id])
            bridge_vlans_set(all, id, first->flags[id]);
    return bridge_vlans_format(all);
}
