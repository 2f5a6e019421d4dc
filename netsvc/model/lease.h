/* What an interface asks of a DHCP server, and the program that asks for it. */
#pragma once
#include "ifcfg-record.h"

typedef enum {
    /* the files are of another machine: what is installed there is not known */
    NET_CLIENT_UNKNOWN,
    /* none is installed */
    NET_CLIENT_NONE,
    NET_CLIENT_DHCPCD,
    NET_CLIENT_DHCLIENT,
    NET_CLIENT_UDHCPC,
    NET_CLIENT_LAST,
} NetClient;

/** An address by DHCP, and all that its client has to know. What was not given is NULL. */
typedef struct {
    int family;
    NetClient client;
    char *hostname, *fqdn, *client_id, *vendor_class;
    /* further arguments, blanks between them */
    char *args;
    /* dhclient: the configuration of this interface alone; where its leases are */
    char *conf, *leases;
    /* dhclient is Red Hat's, which takes names by -H and -F */
    gboolean is_red_hat;
    gboolean sends_hostname, releases, is_fatal;
    /* what of the server's answer counts */
    gboolean takes_dns, takes_ntp, takes_routes, takes_default;
    /* of its routes; -1: as the client has it */
    gint64 metric;
    guint timeout_s;
    IfcfgWhere where;
} NetLease;

void net_lease_free(NetLease *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetLease, net_lease_free)
NetLease *net_lease_copy(const NetLease *self);

/** "dhcpcd"; "none", "unknown". */
const char *net_client_name(NetClient client);
/** NET_CLIENT_LAST: there is no such. */
NetClient net_client_find(const char *name);

/** What a client that runs was started with, as one line: equal texts need no new client. To be freed. */
char *net_lease_settings(const NetLease *self);

typedef struct {
    gboolean has[NET_CLIENT_LAST];
    /* FALSE: there are files of a system, and no programs */
    gboolean is_known;
} NetClients;
/** Which of the three are there, by their programs below @root ("" and NULL: "/"). */
NetClients net_clients_installed(const char *root);

/**
 * The client that is to be run.
 * @named: DHCP_CLIENT, or NET_CLIENT_LAST
 * @has_own_files: dhclient has a configuration, arguments or a lease of its own for this interface
 */
NetClient net_client_choose(const NetClients *installed, NetClient named, gboolean has_own_files);
