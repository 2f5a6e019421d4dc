/* Compares one interface as configured with the kernel's state: what is read back is what counts. Pure. */
#pragma once
#include "model/model.h"
#include "state/observed.h"

typedef enum {
    NET_DIFFERENCE_WARN,
    /* it works with less than it should: nobody's configuration is wrong, a cable may be out */
    NET_DIFFERENCE_REDUNDANCY,
    NET_DIFFERENCE_FATAL,
} NetDifferenceKind;

typedef struct {
    gboolean fatal;         /* wrong mode, address missing, link not up: the interface is not as configured */
    gboolean is_redundancy; /* NET_DIFFERENCE_REDUNDANCY */
    char *message;          /* without the interface name: "mode is balance-rr, expected active-backup" */
    IfcfgWhere where;
} NetDifference;

/** One comparison under way. */
typedef struct NetVerifier NetVerifier;

/** Adds a difference; for services. @where: the place that asks for it: what was told about it before is not
 * told again */
void net_verifier_differ(NetVerifier *self, NetDifferenceKind kind, IfcfgWhere where, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/** Whether a port has addresses. */
void net_verify_no_address(NetVerifier *self, const NetIface *port, const NetObserved *observed);
/** Whether what has addresses, and no file puts anywhere, is a port. */
void net_verify_no_master(NetVerifier *self, const NetIface *iface, const NetObserved *observed);

void net_difference_free(NetDifference *difference);
/** Returns: GPtrArray of NetDifference*, empty when the kernel has it all. */
GPtrArray *net_verify(const NetIface *iface, const NetObserved *observed);
/** The same but for addresses, routes, rules and leases, where these have been compared already. */
GPtrArray *net_verify_device(const NetIface *iface, const NetObserved *observed);
