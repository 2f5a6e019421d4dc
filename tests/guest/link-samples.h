/* What a device must have so that a row of its family can be tried, and a value for it that the kernel takes:
 * the little that the rows do not say. */
#pragma once
#include "link-options.h"
#include <string.h>

/* Drivers that every kernel under test has; of the others the bytes are tested. */
static inline gboolean link_samples_must_be_here(const LinkFamily *family)
{
    static const char *const kinds[] = {"bond", NULL};

    return g_strv_contains(kinds, family->kind);
}

static inline gboolean link_samples_need_lower(const LinkFamily *family)
{
    static const char *const kinds[] = {"vlan", "macvlan", "macvtap", "ipvlan", "ipvtap", "ipoib", NULL};

    return g_strv_contains(kinds, family->kind);
}

/* A selector that permits the row and makes it useful; active-backup rather than another, since most rows of
 * bonds are about it. */
static inline void link_samples_select(LinkSettings *settings, const LinkOption *option)
{
    const LinkFamily *family = link_settings_family(settings);
    guint32 bits = option->useful ? option->useful : option->legal;
    g_autofree char *number = g_strdup_printf("%d", bits & LINK_BIT(1) ? 1 : g_bit_nth_lsf((gulong)bits, -1));

    if (family->selector && strcmp(option->name, family->selector) && (bits || !strcmp(family->kind, "bond")))
        link_settings_set(settings, family->selector, bits ? number : "1", FALSE, NULL);
}

/* A tunnel without any end is the kernel's own device; a VXLAN's ends are both of one family. */
static inline void link_samples_end(LinkSettings *settings, const LinkOption *option)
{
    const LinkTable *table = &link_settings_family(settings)->own;
    const char *name = !strcmp(option->name, "local6") ? "remote6" : "remote";
    const LinkOption *remote = link_table_find(table, name);

    if (remote && strcmp(option->name, "remote6"))
        link_settings_set(settings, name, remote->kind == LINK_VALUE_IP6 ? "2001:db8::9" : "198.51.100.9",
                          FALSE, NULL);
}

static inline void link_samples_prepare(LinkSettings *settings, const LinkOption *option)
{
    const LinkFamily *family = link_settings_family(settings);

    link_samples_select(settings, option);
    for (gsize i = 0; i < family->own.n; i++)
        if (family->own.rows[i].when == LINK_WHEN_CREATE && !*family->own.rows[i].fallback)
            link_settings_set(settings, family->own.rows[i].name, "5", FALSE, NULL);
    link_samples_end(settings, option);
    if (option->other)
        link_settings_set(settings, option->other, "100", FALSE, NULL);
    if (!strcmp(family->kind, "bond") && option->when == LINK_WHEN_AFTER_PORTS)
        link_settings_set(settings, "miimon", "100", FALSE, NULL);
}

/* What a single device in a namespace cannot show: a second port, a whole InfiniBand. */
static inline gboolean link_samples_can_try(const LinkOption *option)
{
    return strcmp(option->name, "backup_port") != 0;
}

/* A value that differs from the default, else the test could not fail. */
static inline char *link_samples_value(const LinkOption *option, const char *port, const char *other)
{
    static const char *const values[][2] = {
        /* off is refused from Linux 6.18 on (bond_options.c) */
        {"use_carrier", "on"},
        /* no more than the bond has queues (bond_option_queue_id_set()) */
        {"queue_id", "2"},
        /* GRE_KEY: others mean parts of a packet that have consequences */
        {"iflags", "8192"},
        {"oflags", "8192"},
        /* a power of two */
        {"hash_max", "512"},
        /* what the kernel always answers since 5.0 */
        {"hash_elasticity", "16"},
        /* the lowest three bits are not for sale (BR_GROUPFWD_RESTRICTED) */
        {"group_fwd_mask", "16384"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(values); i++)
        if (!strcmp(option->name, values[i][0]))
            return g_strdup(values[i][1]);
    return link_option_sample(option, option->when == LINK_WHEN_CREATE ? other : port);
}
