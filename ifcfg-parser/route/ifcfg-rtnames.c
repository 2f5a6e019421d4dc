/* Names of routing tables, protocols, scopes and the like: the built-in ones, then iproute2's files, later
 * files first. */
#include "ifcfg-rtnames.h"
#include "i18n.h"
#include "ifcfg-file.h"
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    const char *name;
    guint32 number;
} RtName;

/* linux/rtnetlink.h, enum rt_class_t */
static const RtName table_names[] = {
    {"main", RT_TABLE_MAIN}, {"local", RT_TABLE_LOCAL}, {"default", RT_TABLE_DEFAULT}, {NULL, 0}};

/* linux/rtnetlink.h, RTPROT_*, under the names of iproute2's rt_protos */
static const RtName protocol_names[] = {
    {"redirect", 1}, {"kernel", 2},      {"boot", 3},   {"static", 4},    {"gated", 8},  {"ra", 9},
    {"mrt", 10},     {"zebra", 11},      {"bird", 12},  {"dnrouted", 13}, {"xorp", 14},  {"ntk", 15},
    {"dhcp", 16},    {"keepalived", 18}, {"babel", 42}, {"bgp", 186},     {"isis", 187}, {"ospf", 188},
    {"rip", 189},    {"eigrp", 192},     {NULL, 0}};

/* linux/rtnetlink.h, enum rt_scope_t */
static const RtName scope_names[] = {{"global", RT_SCOPE_UNIVERSE}, {"site", RT_SCOPE_SITE},
                                     {"link", RT_SCOPE_LINK},       {"host", RT_SCOPE_HOST},
                                     {"nowhere", RT_SCOPE_NOWHERE}, {NULL, 0}};

/* RFC 2474 (CS), RFC 2597 (AF), RFC 3246 (EF), shifted to their place in the TOS byte */
static const RtName dsfield_names[] = {
    {"default", 0x00}, {"AF11", 0x28}, {"AF12", 0x30}, {"AF13", 0x38}, {"AF21", 0x48}, {"AF22", 0x50},
    {"AF23", 0x58},    {"AF31", 0x68}, {"AF32", 0x70}, {"AF33", 0x78}, {"AF41", 0x88}, {"AF42", 0x90},
    {"AF43", 0x98},    {"CS1", 0x20},  {"CS2", 0x40},  {"CS3", 0x60},  {"CS4", 0x80},  {"CS5", 0xa0},
    {"CS6", 0xc0},     {"CS7", 0xe0},  {"EF", 0xb8},   {NULL, 0}};

static const RtName realm_names[] = {{"cosmos", 0}, {NULL, 0}};

static const RtName group_names[] = {{"default", 0}, {NULL, 0}};

/* linux/rtnetlink.h, RTN_*, without RTN_NAT and RTN_XRESOLVE, which no kernel does any more */
static const RtName type_names[] = {{"unicast", RTN_UNICAST},
                                    {"local", RTN_LOCAL},
                                    {"broadcast", RTN_BROADCAST},
                                    {"brd", RTN_BROADCAST},
                                    {"anycast", RTN_ANYCAST},
                                    {"multicast", RTN_MULTICAST},
                                    {"blackhole", RTN_BLACKHOLE},
                                    {"unreachable", RTN_UNREACHABLE},
                                    {"prohibit", RTN_PROHIBIT},
                                    {"throw", RTN_THROW},
                                    {NULL, 0}};

/* IANA "Assigned Internet Protocol Numbers". Not getprotobyname(): that asks NSS, so the answer would depend
 * on this machine. */
static const RtName ipproto_names[] = {{"tcp", IPPROTO_TCP},
                                       {"udp", IPPROTO_UDP},
                                       {"icmp", IPPROTO_ICMP},
                                       {"ipv6-icmp", IPPROTO_ICMPV6},
                                       {"icmpv6", IPPROTO_ICMPV6},
                                       {"icmp6", IPPROTO_ICMPV6},
                                       {"sctp", IPPROTO_SCTP},
                                       {"dccp", IPPROTO_DCCP},
                                       {"udplite", IPPROTO_UDPLITE},
                                       {"gre", IPPROTO_GRE},
                                       {"esp", IPPROTO_ESP},
                                       {"ah", IPPROTO_AH},
                                       {"igmp", IPPROTO_IGMP},
                                       {"ospf", 89},
                                       {"pim", IPPROTO_PIM},
                                       {"vrrp", 112},
                                       {"l2tp", 115},
                                       {"ipencap", IPPROTO_IPIP},
                                       {"ipip", 94},
                                       {"ipv6", IPPROTO_IPV6},
                                       {NULL, 0}};

static const struct {
    const char *what;
    const char *file;
    const RtName *builtin;
    guint32 max;
    int base;
} kinds[IFCFG_RT_KINDS] = {
    [IFCFG_RT_TABLE] = {N_("routing table"), "rt_tables", table_names, G_MAXUINT32, 0},
    [IFCFG_RT_PROTOCOL] = {N_("routing protocol"), "rt_protos", protocol_names, 255, 0},
    [IFCFG_RT_SCOPE] = {N_("scope"), "rt_scopes", scope_names, 255, 0},
    [IFCFG_RT_DSFIELD] = {N_("dsfield value"), "rt_dsfield", dsfield_names, 255, 16},
    [IFCFG_RT_GROUP] = {N_("interface group"), "group", group_names, G_MAXINT32, 0},
    [IFCFG_RT_REALM] = {N_("routing realm"), "rt_realms", realm_names, 0xffff, 0},
    [IFCFG_RT_TYPE] = {N_("route type"), NULL, type_names, RTN_THROW, 0},
    [IFCFG_RT_IPPROTO] = {N_("IP protocol"), NULL, ipproto_names, 255, 0},
};

struct IfcfgRtNames {
    char *root;
    GHashTable **numbers; /* by kind: name to GUINT_TO_POINTER(number); NULL: nobody has asked yet */
};

/* `NUMBER NAME`, the number in decimal or 0x hex; anything else in these files is a remark */
static void line_load(GHashTable *numbers, const char *line, guint32 max)
{
    char name[64];
    int end = 0;
    long long number;
    if (sscanf(line, " %lli %63s%n", &number, name, &end) < 2 || name[0] == '#')
        return;
    if (number >= 0 && number <= max && (line[end] == '\0' || g_ascii_isspace(line[end])))
        g_hash_table_insert(numbers, g_strdup(name), GUINT_TO_POINTER((guint)number));
}

static void file_load(const IfcfgRtNames *self, GHashTable *numbers, const char *path, guint32 max)
{
    gsize length;
    g_autofree char *text = ifcfg_file_read(self->root, path, &length, NULL, NULL);
    g_auto(GStrv) lines = text ? g_strsplit(text, "\n", -1) : NULL;
    for (guint i = 0; lines && lines[i]; i++)
        line_load(numbers, lines[i], max);
}

static int path_compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void folder_load(const IfcfgRtNames *self, GHashTable *numbers, const char *folder, guint32 max)
{
    g_autoptr(GDir) dir = ifcfg_folder_open(self->root, folder);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    const char *name;
    while (dir && (name = g_dir_read_name(dir)))
        if (name[0] != '.' && g_str_has_suffix(name, ".conf"))
            g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
    g_ptr_array_sort(paths, path_compare);
    for (guint i = 0; i < paths->len; i++)
        file_load(self, numbers, g_ptr_array_index(paths, i), max);
}

IfcfgRtNames *ifcfg_rtnames_load(const char *root)
{
    IfcfgRtNames *self = g_new0(IfcfgRtNames, 1);
    self->root = g_strdup(root && *root ? root : "/");
    self->numbers = g_new0(GHashTable *, IFCFG_RT_KINDS);
    return self;
}

/* Most configurations have no route that names anything, so files are read when the first name is met. */
static GHashTable *kind_load(const IfcfgRtNames *self, IfcfgRtKind kind)
{
    /* The vendor's folders first: what the administrator wrote in /etc is read later and wins. */
    static const char *const folders[] = {"usr/share/iproute2", "usr/lib/iproute2", "etc/iproute2"};
    GHashTable *numbers = self->numbers[kind];
    if (numbers)
        return numbers;
    numbers = self->numbers[kind] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; kinds[kind].file && i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *path = g_build_filename(self->root, folders[i], kinds[kind].file, NULL);
        g_autofree char *folder = g_strconcat(path, ".d", NULL);
        file_load(self, numbers, path, kinds[kind].max);
        folder_load(self, numbers, folder, kinds[kind].max);
    }
    return numbers;
}

void ifcfg_rtnames_free(IfcfgRtNames *self)
{
    if (!self)
        return;
    for (guint kind = 0; kind < IFCFG_RT_KINDS; kind++)
        g_clear_pointer(&self->numbers[kind], g_hash_table_unref);
    g_free(self->numbers);
    g_free(self->root);
    g_free(self);
}

static gboolean number_parse(IfcfgRtKind kind, const char *text, guint32 *ret)
{
    char *end;
    if (!g_ascii_isxdigit(text[0]))
        return FALSE;
    guint64 number = g_ascii_strtoull(text, &end, (guint)kinds[kind].base);
    if (end == text || *end || number > kinds[kind].max)
        return FALSE;
    *ret = (guint32)number;
    return TRUE;
}

gboolean ifcfg_rtnames_lookup(const IfcfgRtNames *self, IfcfgRtKind kind, const char *text, guint32 *ret)
{
    gpointer value;
    for (const RtName *row = kinds[kind].builtin; row->name; row++) {
        if (strcmp(row->name, text) == 0) {
            *ret = row->number;
            return TRUE;
        }
    }
    if (self && g_hash_table_lookup_extended(kind_load(self, kind), text, NULL, &value)) {
        *ret = GPOINTER_TO_UINT(value);
        return TRUE;
    }
    return number_parse(kind, text, ret);
}

const char *ifcfg_rtnames_name(IfcfgRtKind kind, guint32 number)
{
    for (const RtName *row = kinds[kind].builtin; row->name; row++)
        if (row->number == number)
            return row->name;
    return NULL;
}

void ifcfg_rtnames_append(GString *text, const char *keyword, IfcfgRtKind kind, guint32 number)
{
    const char *name = ifcfg_rtnames_name(kind, number);
    g_string_append_c(text, ' ');
    g_string_append(text, keyword);
    g_string_append_c(text, ' ');
    if (name)
        g_string_append(text, name);
    else
        g_string_append_printf(text, "%u", number);
}

const char *ifcfg_rtnames_root(const IfcfgRtNames *self)
{
    return self ? self->root : NULL;
}

const char *ifcfg_rtnames_kind(IfcfgRtKind kind)
{
    return _(kinds[kind].what);
}

const char *ifcfg_rtnames_file(IfcfgRtKind kind)
{
    return kinds[kind].file;
}

guint32 ifcfg_rtnames_max(IfcfgRtKind kind)
{
    return kinds[kind].max;
}
