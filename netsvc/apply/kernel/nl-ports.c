/* What a port tells, by the kind of its controller (IFLA_INFO_SLAVE_KIND): a row each. */
#include "apply/kernel/nl-ports.h"
#include "apply/kernel/nl-bond.h"
#include <linux/if_link.h>
#include <string.h>

enum { PORT_ATTRS = 64 };

/* BR_STATE_FORWARDING of linux/if_bridge.h. */
enum { BRIDGE_FORWARDING = 3 };

static void read_bridge_port(ObservedLink *link, struct nlattr *const *attrs)
{
    link->port_is_ready =
        attrs[IFLA_BRPORT_STATE] && nla_get_u8(attrs[IFLA_BRPORT_STATE]) == BRIDGE_FORWARDING;
}

static const struct {
    const char *kind;
    void (*read)(ObservedLink *link, struct nlattr *const *attrs);
} readers[] = {{"bond", nl_bond_read_port}, {"bridge", read_bridge_port}};

void nl_port_read(ObservedLink *link, struct nlattr *data)
{
    struct nlattr *attrs[PORT_ATTRS + 1] = {NULL};

    if (data && nla_parse_nested(attrs, PORT_ATTRS, data, NULL) < 0)
        memset(attrs, 0, sizeof attrs);
    link->port_is_used = TRUE; /* where nothing is told of it */
    for (guint i = 0; i < G_N_ELEMENTS(readers); i++)
        if (g_str_equal(link->port_kind, readers[i].kind))
            readers[i].read(link, attrs);
}
