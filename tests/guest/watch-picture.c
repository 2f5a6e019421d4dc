/* Holds the live picture against a new one: runs each line of standard input as arguments of ip(8), or `!`
 * and a command for the shell, and compares after each. Prints each difference and ends with their number. */
#include "apply/kernel/nl-batch.h"
#include "apply/kernel/watch.h"
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static gint compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The kernel tells nobody of the carrier of a device that is down (linkwatch_do_dev()). */
static void add_links(GPtrArray *lines, const NetObserved *picture)
{
    for (guint i = 0; i < picture->links->len; i++) {
        const ObservedLink *link = picture->links->pdata[i];
        g_autofree char *mac = ifcfg_mac_format(&link->mac);
        g_ptr_array_add(
            lines, g_strdup_printf("link %s %d up=%d carrier=%d mtu=%u %s master=%d on=%d kind=%s ready=%d",
                                   link->name, link->ifindex, !!(link->flags & IFF_UP),
                                   link->flags & IFF_UP && link->carrier, link->mtu, mac, link->master,
                                   link->lower, link->kind, link->port_is_ready));
    }
}

static void add_addresses(GPtrArray *lines, const NetObserved *picture)
{
    for (guint i = 0; i < picture->addresses->len; i++) {
        const ObservedAddress *address = picture->addresses->pdata[i];
        g_autofree char *prefix = ifcfg_prefix_format(&address->prefix);
        g_ptr_array_add(lines, g_strdup_printf("address %d %s %s flags=%x", address->ifindex, prefix,
                                               address->label, address->flags));
    }
}

/* One line each, sorted; by_name and the lists by index are looked through as well. */
static char *picture_text(const NetObserved *picture)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

    add_links(lines, picture);
    add_addresses(lines, picture);
    for (guint i = 0; i < picture->routes->len; i++) {
        g_autofree char *text = ifcfg_route_format(picture->routes->pdata[i]);
        g_ptr_array_add(lines, g_strdup_printf("route %s", text));
    }
    for (guint i = 0; i < picture->rules->len; i++) {
        g_autofree char *text = ifcfg_rule_format(picture->rules->pdata[i]);
        g_ptr_array_add(lines, g_strdup_printf("rule %s", text));
    }
    for (guint i = 0; i < picture->links->len; i++) {
        const ObservedLink *link = picture->links->pdata[i];
        const GPtrArray *ports = net_observed_ports_of(picture, link->ifindex);
        const GPtrArray *addresses = net_observed_addresses_of(picture, link->ifindex);
        g_ptr_array_add(lines, g_strdup_printf("lists %s found=%d ports=%u addresses=%u", link->name,
                                               net_observed_link(picture, link->name) == link,
                                               ports ? ports->len : 0, addresses ? addresses->len : 0));
    }
    g_ptr_array_sort(lines, compare_texts);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

/* Carriers and the like can change between the two looks: then both are taken again. */
static gboolean pictures_agree(NetWatch *watch, const char *command, gboolean is_last_try)
{
    const NetObserved *live = net_watch_look(watch, NULL);
    g_autofree char *have = live ? picture_text(live) : NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(NlBatch) batch = nl_batch_new(&error);
    g_autoptr(NetWatch) other = batch ? net_watch_new(batch) : NULL;
    g_autoptr(NetObserved) fresh = other ? net_watch_snapshot(other, &error) : NULL;
    g_autofree char *want = fresh ? picture_text(fresh) : NULL;

    if (have && want && !strcmp(have, want))
        return TRUE;
    if (is_last_try)
        printf("after: %s\n--- live\n%s\n--- the kernel's\n%s\n", command, have, want);
    return FALSE;
}

int main(void)
{
    g_autoptr(NlBatch) batch = nl_batch_new(NULL);
    g_autoptr(NetWatch) watch = net_watch_new(batch);
    g_autoptr(NetObserved) first = net_watch_snapshot(watch, NULL);
    char line[512];
    guint compared = 0, different = 0;

    while (first && fgets(line, sizeof line, stdin)) {
        g_autofree char *command = line[0] == '!' ? g_strdup(line + 1) : g_strconcat("ip ", line, NULL);
        if (system(command) != 0)
            printf("failed: %s", command);
        compared++;
        gboolean agree = FALSE;
        for (guint i = 0; !agree && i < 5; i++)
            agree = pictures_agree(watch, command, i == 4);
        different += !agree;
    }
    printf("%u compared, %u different\n", compared, different);
    return different || !compared;
}
