/* route-*, route6-*, rule-* and rule6-* files as typed routes and rules: the `ip route add` and `ip rule add`
 * argument forms and the ADDRESSn= form. Nothing is handed to `ip`. */
#pragma once
#include "ifcfg-ip.h"
#include "ifcfg-record.h"

/** What the packets of a next hop are put into: inside of libifcfg and netsvc only. */
typedef struct IfcfgEncap IfcfgEncap;

/** Names of routing tables, protocols and scopes, from ROOT/etc/iproute2/rt_* (and /usr/share,
 * /usr/lib/iproute2) and rt_*.d/. Each file is read when a name of its kind is first met. */
typedef struct IfcfgRtNames IfcfgRtNames;
IfcfgRtNames *ifcfg_rtnames_load(const char *root); /* NULL or "": the running system */
void ifcfg_rtnames_free(IfcfgRtNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IfcfgRtNames, ifcfg_rtnames_free)

typedef struct {
    IfcfgIp via;       /* AF_UNSPEC for none; may be IPv6 for an IPv4 route (RFC 5549) */
    char *dev;         /* NULL: the interface of the file */
    IfcfgEncap *encap; /* what its packets are put into; NULL: nothing */
    guint16 weight;    /* 1..256; 0 in a single-path route */
    gboolean onlink;
    gboolean dead; /* RTNH_F_DEAD: its device is down; only the kernel says that */
} IfcfgNexthop;

typedef struct {
    IfcfgWhere where;
    IfcfgPrefix to; /* host bits cleared */
    IfcfgIp src;
    guint8 type; /* RTN_UNICAST ... (linux/rtnetlink.h) */
    guint8 tos;
    guint8 protocol;     /* RTPROT_*; 0: not given (the kernel back end uses RTPROT_BOOT) */
    gint scope;          /* RT_SCOPE_*, -1: not given */
    guint32 table;       /* 0: not given (main; local for RTN_LOCAL...) */
    gint64 metric;       /* -1: not given */
    guint32 metrics[32]; /* by RTAX_* number; valid where metrics_set has the bit */
    guint32 metrics_set;
    guint32 metrics_lock; /* `mtu lock N`; bits by RTAX_*; RTAX_RTO_MIN always when set; RTAX_CC_ALGO for
                             congctl */
    guint32 realms;       /* RTA_FLOW, IPv4; 0: none */
    guint32 nhid;         /* a nexthop object of somebody else's, in place of next hops; 0: none */
    guint32 expires;      /* IPv6: seconds; 0: never */
    guint8 pref;          /* IPv6: RFC 4191, as RTA_PREF; 0: medium */
    char *congctl;        /* RTAX_CC_ALGO (no bit in metrics_set), or NULL */
    GPtrArray *nexthops;  /* of IfcfgNexthop*; empty for blackhole, unreachable, prohibit and throw, else at
                             least one */
    gboolean yields;      /* takes the place of no other one: of several, the first counts. No line says so:
                             for whoever puts the routes of several files together */
    gboolean finds_dev;   /* a line of words: a gateway without a device is on that which has its network */
} IfcfgRoute;

typedef struct {
    IfcfgWhere where;
    char *text;      /* as written, for messages */
    guint8 family;   /* AF_INET, AF_INET6 */
    guint8 action;   /* FR_ACT_TO_TBL, FR_ACT_BLACKHOLE, FR_ACT_UNREACHABLE, FR_ACT_PROHIBIT, FR_ACT_GOTO,
                        FR_ACT_NOP */
    gboolean invert; /* `not` */
    IfcfgPrefix from, to; /* ip.family AF_UNSPEC: not given */
    char *iif, *oif;
    guint8 tos;
    guint32 fwmark, fwmask; /* fwmask: as given; the kernel takes all bits without one */
    gboolean has_fwmark, has_fwmask;
    guint32 table; /* 0 unless the action is FR_ACT_TO_TBL */
    guint32 priority;
    gboolean has_priority;
    guint32 target;  /* goto */
    gboolean l3mdev; /* the table is that of the VRF; then `table` is 0 */
    guint32 realms;  /* FRA_FLOW, IPv4; 0: none */
    guint64 tun_id;  /* of the tunnel that a packet came by; 0: not given */
    guint8 ipproto;
    guint16 sport[2], dport[2];                   /* first and last; 0: not given */
    gint suppress_prefixlength, suppress_ifgroup; /* -1: not given */
    guint32 uid[2];
    gboolean has_uid;
    guint8 protocol;
} IfcfgRule;

void ifcfg_route_free(IfcfgRoute *route);
void ifcfg_rule_free(IfcfgRule *rule);
IfcfgRoute *ifcfg_route_copy(const IfcfgRoute *route);
IfcfgRule *ifcfg_rule_copy(const IfcfgRule *rule);
void ifcfg_nexthop_free(IfcfgNexthop *hop);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IfcfgRoute, ifcfg_route_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IfcfgRule, ifcfg_rule_free)

/**
 * One line of `ip route add` arguments (also a leading "ip route add" or "add", which people write).
 * Returns: the route, or NULL after adding a problem that names the word and its column.
 */
IfcfgRoute *ifcfg_route_parse(const char *line, int family, const IfcfgRtNames *names, IfcfgWhere where,
                              IfcfgProblems *problems);
IfcfgRule *ifcfg_rule_parse(const char *line, int family, const IfcfgRtNames *names, IfcfgWhere where,
                            IfcfgProblems *problems);

/** Prints the canonical `ip route add` / `ip rule add` arguments; parsing them again gives an equal object.
 * Numbers that only the files of /etc/iproute2 name are printed as numbers. */
char *ifcfg_route_format(const IfcfgRoute *route);
/** The same behind a text. @dev: the device of next hops that name none; NULL: they stay so */
void ifcfg_route_append(GString *text, const IfcfgRoute *route, const char *dev);
char *ifcfg_rule_format(const IfcfgRule *rule);

/** The table in which the route lands: main, or local for the types that default to it. */
guint32 ifcfg_route_table(const IfcfgRoute *route);

/** Whether it takes what no other route does, by whatever way: also one that drops it. */
gboolean ifcfg_route_is_default(const IfcfgRoute *route);
/** Whether it leads nowhere: blackhole, unreachable, prohibit, throw. */
gboolean ifcfg_route_drops(const IfcfgRoute *route);
/** The metric that the kernel gives it: IPv6 has no 0 (IP6_RT_PRIO_USER of the kernel is the usual one). */
guint32 ifcfg_route_metric(const IfcfgRoute *route);
/** What two routes of the kernel cannot have in common: destination, tos, metric and table; to be freed. */
char *ifcfg_route_key(const IfcfgRoute *route);
/** Whether one would take the place of the other. */
gboolean ifcfg_route_is_rival(const IfcfgRoute *a, const IfcfgRoute *b);

/**
 * Reads one file and appends its routes to @routes (IfcfgRoute*, with ifcfg_route_free as element
 * destructor). Either syntax; with ADDRESSn= entries gaps are allowed. A line that is not understood is a
 * problem; the other lines count. A missing file is no problem. @names also says whose tree the file is in:
 * links do not leave its root.
 */
void ifcfg_route_file_load(const char *path, int family, const IfcfgRtNames *names, GPtrArray *routes,
                           IfcfgProblems *problems);
void ifcfg_rule_file_load(const char *path, int family, const IfcfgRtNames *names, GPtrArray *rules,
                          IfcfgProblems *problems);
