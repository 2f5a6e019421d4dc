/* A kickstart file's `network` lines as configuration files: what the command section says, checked, and the
 * text of each file that it comes to. Pure: nothing is read of the machine, nothing is written. The language
 * is pykickstart's (F39_Network, RHEL10_Network). */
#pragma once
#include "ifcfg-problem.h"
#include "ifcfg-quote.h"
#include "ifcfg-replace.h"

typedef enum {
    KS_ACTIVATE,
    KS_NO_ACTIVATE,
    KS_BINDTO,
    KS_BONDOPTS,
    KS_BONDSLAVES,
    KS_BOOTPROTO,
    KS_BRIDGEOPTS,
    KS_BRIDGESLAVES,
    KS_DEVICE,
    KS_DHCPCLASS,
    KS_ESSID,
    KS_ETHTOOL,
    KS_GATEWAY,
    KS_HOSTNAME,
    KS_INTERFACENAME,
    KS_IP,
    KS_IPV4_DNS_SEARCH,
    KS_IPV4_IGNORE_AUTO_DNS,
    KS_IPV6,
    KS_IPV6_DNS_SEARCH,
    KS_IPV6_IGNORE_AUTO_DNS,
    KS_IPV6GATEWAY,
    KS_MTU,
    KS_NAMESERVER,
    KS_NETMASK,
    KS_NODEFROUTE,
    KS_NODNS,
    KS_NOIPV4,
    KS_NOIPV6,
    KS_NOTKSDEVICE,
    KS_ONBOOT,
    KS_TEAMCONFIG,
    KS_TEAMSLAVES,
    KS_VLANID,
    KS_WEPKEY,
    KS_WPAKEY,
    KS_OPTION_LAST
} KsOption;

typedef struct {
    const char *text; /* unquoted */
    IfcfgWhere where;
} KsWord;

/** One `network` line. */
typedef struct {
    IfcfgWhere where;
    GPtrArray *words; /* KsWord*, which own the texts of the values */
    /* by KsOption; text NULL: not given. A flag has the text "" */
    KsWord values[KS_OPTION_LAST];
    /* What only the machine knows, to be set by the caller: the device that is meant where --device does not
     * name it, and its MAC address where the file is to have it. */
    char *device, *hwaddr;
    /* no device here is meant by the MAC address: `device` is no more than a name for the file */
    gboolean is_unnamed;
} KsNetwork;

/**
 * Reads the `network` lines of the command section.
 * @name: of the file, for places
 * Returns: GPtrArray of KsNetwork*, whatever @problems got
 */
GPtrArray *ks_read(const char *name, const char *text, IfcfgProblems *problems);
const char *ks_get(const KsNetwork *self, KsOption option);
gboolean ks_has(const KsNetwork *self, KsOption option);
/** "link", "bootif", "ibft", a MAC address: the machine knows which card is meant. NULL: --device names it,
 * or the line is about no device. */
const char *ks_device_word(const KsNetwork *self);
/** The MAC address of a card, to be freed; NULL: there is no such card. */
typedef char *(*KsMacOf)(const char *device);
/**
 * The files that the lines come to.
 * @source: the name of the kickstart file, for their first line
 * @mac_of: for --bindto=mac
 * Returns: GPtrArray of IfcfgText*
 */
GPtrArray *ks_files(const GPtrArray *networks, const char *source, KsMacOf mac_of, IfcfgProblems *problems);

/* --- private to this room --- */

/** The words (KsWord*) of a line, as Python's shlex with comments cuts them. NULL: a quote is not closed,
 * told. */
GPtrArray *ks_split(const char *line, IfcfgWhere where, IfcfgProblems *problems);
/** The option of that name (@length letters), or the only one that begins so. Returns: KS_OPTION_LAST for
 * none, with @ret_why, to be freed */
KsOption ks_option_find(const char *name, gsize length, char **ret_why);
/** Whether any option begins with the first @length letters of @name. */
gboolean ks_option_begins(const char *name, gsize length);
const char *ks_option_name(KsOption option);
gboolean ks_option_takes_value(KsOption option);
/** What is wrong with a value, to be freed; NULL: nothing. */
char *ks_option_fault(KsOption option, const char *value);
/** Whether what it is about stands on cards, which others can be bound to. */
gboolean ks_option_has_cards(KsOption option);
/** Of each pair the first says nothing @without the second, or with it. */
typedef struct {
    KsOption option, other;
    gboolean without;
} KsIdle;
extern const KsIdle ks_idle[]; /* ends with KS_OPTION_LAST */
/** What an option makes of the device. */
typedef struct {
    KsOption option;
    const char *type;
    void (*append)(GString *text, const KsNetwork *network, IfcfgProblems *problems);
    const char *port_lines; /* %s: the device, quoted; NULL: it has no ports */
} KsKind;
extern const KsKind ks_kinds[]; /* ends with KS_OPTION_LAST */
/** What the line makes; NULL: nothing but what is there. */
const KsKind *ks_kind_of(const KsNetwork *network);
/** Checks and takes the options of a line. */
KsNetwork *ks_network_parse(GPtrArray *words, IfcfgProblems *problems);
void ks_network_free(KsNetwork *self);
/** The lines of --bondopts: commas separate, or semicolons where there is one. */
void ks_append_bond(GString *text, const KsNetwork *network, IfcfgProblems *problems);
/** An error about an option of the line, or about the line where it is not given. */
void ks_fail(const KsNetwork *network, KsOption option, IfcfgProblems *problems, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
/** BOOTPROTO, addresses, gateways, name servers. @device: that has them */
void ks_append_layer3(GString *text, const KsNetwork *network, const char *device, IfcfgProblems *problems);
/** What --bridgeopts says, --teamconfig, the words of a radio network. */
void ks_append_bridge(GString *text, const KsNetwork *network, IfcfgProblems *problems);
void ks_append_team(GString *text, const KsNetwork *network, IfcfgProblems *problems);
void ks_append_wireless(GString *text, const KsNetwork *network, IfcfgProblems *problems);
