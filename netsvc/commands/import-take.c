/* Making what runs the service's own: a reload, which interrupts nothing, puts what is there on record. */
#include "commands/import-take.h"
#include "i18n.h"
#include "session/rivals.h"
#include <string.h>
#include <unistd.h>

/* What each leaves as it is when it ends (NetworkManager: nm_manager_stop(); networkd: KeepConfiguration=).
 * Let go of a device while it runs, it takes its addresses away. */
static const struct {
    const char *name, *unit;
} managers[] = {
    {"NetworkManager", "NetworkManager.service"},
    {"systemd-networkd", "systemd-networkd.service systemd-networkd.socket"},
    {"dhcpcd", "dhcpcd.service"},
};

static gboolean rival_tell(const char *device, const char *rival)
{
    for (gsize i = 0; i < G_N_ELEMENTS(managers); i++) {
        if (!g_str_equal(managers[i].name, rival))
            continue;
        cli_complain(_("%s is managed by %s, which would fight for it: `systemctl disable --now %s` ends "
                       "that and leaves "
                       "addresses and routes as they are; then try again"),
                     device, rival, managers[i].unit);
        return TRUE;
    }
    return FALSE; /* ifupdown only acts when somebody asks it to */
}

gboolean import_has_rivals(const GPtrArray *ifaces, const NetObserved *observed)
{
    gboolean has = FALSE;
    for (guint i = 0; i < ifaces->len; i++) {
        const NetIface *iface = ifaces->pdata[i];
        const ObservedLink *link = net_observed_link(observed, iface->name);
        const char *rival = link ? rival_of(NULL, link->name, link->ifindex) : NULL;
        has |= rival && rival_tell(iface->name, rival);
    }
    return has;
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
