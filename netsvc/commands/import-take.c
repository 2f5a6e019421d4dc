/* Making what runs the service's own: other managers leave it first, and a reload, which interrupts nothing,
 * puts what is there on record. */
#include "commands/import-take.h"
#include "i18n.h"
#include "session/rivals-leave.h"
#include "session/rivals.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Of ifupdown nobody need be afraid: it acts when somebody asks it to. */
static const struct {
    const char *name, *unit;
    gboolean can_be_asked;
} managers[] = {
    {"NetworkManager", "NetworkManager.service", TRUE},
    {"systemd-networkd", "systemd-networkd.service systemd-networkd.socket", TRUE},
    {"dhcpcd", "dhcpcd.service", FALSE},
};

static gboolean rival_tell(const char *device, const char *rival, gboolean was_asked)
{
    for (gsize i = 0; i < G_N_ELEMENTS(managers); i++) {
        if (!g_str_equal(managers[i].name, rival) || (managers[i].can_be_asked && !was_asked))
            continue;
        cli_complain(_("%s is managed by %s, which would fight for it: `systemctl disable --now %s` ends "
                       "that and leaves "
                       "addresses and routes as they are; then try again"),
                     device, rival, managers[i].unit);
        return TRUE;
    }
    return FALSE;
}

static gboolean tell_rivals(const GPtrArray *ifaces, const NetObserved *observed, gboolean were_asked)
{
    gboolean has = FALSE;
    for (guint i = 0; i < ifaces->len; i++) {
        const NetIface *iface = ifaces->pdata[i];
        const ObservedLink *link = net_observed_link(observed, iface->name);
        const char *rival = link ? rival_of(NULL, link->name, link->ifindex) : NULL;
        has |= rival && rival_tell(iface->name, rival, were_asked);
    }
    return has;
}

gboolean import_has_rivals(const GPtrArray *ifaces, const NetObserved *observed)
{
    return tell_rivals(ifaces, observed, FALSE);
}

static void left(const char *manager, const char *devices, const char *file)
{
    printf(_("%s leaves these from now on, by %s: %s\n"), manager, file, devices);
    fflush(stdout);
}

gboolean import_rivals_leave(const GPtrArray *ifaces, const NetObserved *observed)
{
    g_autoptr(GPtrArray) links = g_ptr_array_new();
    g_autoptr(GError) error = NULL;
    for (guint i = 0; i < ifaces->len; i++) {
        const ObservedLink *link = net_observed_link(observed, ((const NetIface *)ifaces->pdata[i])->name);
        if (link)
            g_ptr_array_add(links, (gpointer)link);
    }
    if (rivals_leave(links, left, &error))
        return TRUE;
    cli_complain("%s", error->message);
    tell_rivals(ifaces, observed, TRUE);
    return FALSE;
}

int import_take(const GPtrArray *ifaces)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < ifaces->len; i++)
        g_ptr_array_add(names, ((NetIface *)ifaces->pdata[i])->name);
    g_ptr_array_add(names, NULL);
    CliOptions reload = {.verb = "reload", .args = (const char *const *)names->pdata, .n_args = ifaces->len};
    return ifaces->len ? service_command(&reload) : CLI_OK;
}
