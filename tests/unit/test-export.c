/* Every example in the files of each other manager, with what is not carried over, against
 * tests/golden/export/EXAMPLE.TARGET; documents of nmstate against its members; and the tables against those
 * that they are about. UPDATE_GOLDEN=1 writes the files anew. */
#include "examples.h"
#include "export/export-private.h"
#include "ifcfg-keys.h"
#include "load.h"
#include "nmstate-members.h"
#include "tree.h"
#include <string.h>

static const char *const targets[] = {"nm", "networkd", "nmstate"};

/* --- a document of nmstate holds nothing that nmstate would refuse --- */

static const NmstateMember *member_find(const char *path)
{
    for (gsize i = 0; i < G_N_ELEMENTS(nmstate_members); i++)
        if (g_str_equal(nmstate_members[i].path, path))
            return &nmstate_members[i];
    g_error("nmstate has no %s", path);
    return NULL;
}

/* The document is walked line by line, as it is printed: each opens or closes something, or is a value. */
typedef struct {
    GPtrArray *path; /* char*, "" for the whole; an element ends in "[]" */
    GPtrArray *met;  /* GString* of each: "name|type|" */
} Walk;

static void word_check(const NmstateMember *member, const char *value)
{
    g_auto(GStrv) words = g_strsplit(member->words, "|", -1);
    g_autofree char *text = g_strndup(value + 1, strlen(value) - 2);
    if (!g_strv_contains((const char *const *)words, text))
        g_error("%s is not to be %s", member->path, value);
}

static char *member_check(Walk *self, const char *name, const char *value)
{
    const char *parent = self->path->pdata[self->path->len - 1];
    char *path = name ? g_strconcat(parent, *parent ? "/" : "", name, NULL) : g_strconcat(parent, "[]", NULL);
    const NmstateMember *member = member_find(path);
    gboolean is_bool = g_str_equal(value, "true") || g_str_equal(value, "false");
    char type = is_bool ? 'b' : *value == '"' ? 't' : *value == '{' || *value == '[' ? *value : 'n';
    if (type != member->type)
        g_error("%s is %s, and should have the type %c", path, value, member->type);
    if (member->words)
        word_check(member, value);
    if (name)
        g_string_append_printf(self->met->pdata[self->met->len - 1], "|%s|", name);
    return path;
}

static void required_check(const char *path, const char *met)
{
    for (gsize i = 0; i < G_N_ELEMENTS(nmstate_required); i++) {
        g_auto(GStrv) names = g_strsplit(nmstate_required[i].members, "|", -1);
        for (char **name = names; g_str_equal(nmstate_required[i].path, path) && *name; name++) {
            g_autofree char *word = g_strdup_printf("|%s|", *name);
            if (!strstr(met, word))
                g_error("nmstate wants %s/%s", path, *name);
        }
    }
}

static void string_free(gpointer data)
{
    g_string_free(data, TRUE);
}

static void line_check(Walk *self, char *line)
{
    char *separator = strstr(line, "\" : ");
    g_autofree char *name = separator && *line == '"' ? g_strndup(line + 1, separator - line - 1) : NULL;
    const char *value = name ? separator + strlen("\" : ") : line;
    guint depth = self->path->len;
    if (*value == '}' || *value == ']') {
        GString *met = self->met->pdata[depth - 1];
        required_check(self->path->pdata[depth - 1], met->str);
        g_ptr_array_remove_index(self->path, depth - 1);
        g_ptr_array_remove_index(self->met, depth - 1);
        return;
    }
    g_autofree char *path = depth ? member_check(self, name, value) : g_strdup("");
    if (g_str_equal(value, "{") || g_str_equal(value, "[")) {
        g_ptr_array_add(self->path, g_steal_pointer(&path));
        g_ptr_array_add(self->met, g_string_new(NULL));
    }
}

static void document_check(const char *text)
{
    g_autoptr(GPtrArray) path = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) met = g_ptr_array_new_with_free_func(string_free);
    Walk walk = {path, met};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_strstrip(*line);
        if (g_str_has_suffix(*line, ","))
            (*line)[strlen(*line) - 1] = '\0';
        if (**line)
            line_check(&walk, *line);
    }
    g_assert_cmpuint(path->len, ==, 0);
}

/* --- the examples --- */

static char *export_text_of(const char *root, const char *target)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(NetModel) model = tree_load(root, NULL, problems);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(ExportResult) result = export_run(export_target_find(target), model, NULL, problems);
    for (guint i = 0; i < result->files->len; i++) {
        const ExportFile *file = result->files->pdata[i];
        g_string_append_printf(text, "==> %s %04o <==\n%s\n", file->path, file->mode, file->text);
        if (g_str_equal(target, "nmstate"))
            document_check(file->text);
    }
    for (guint i = 0; i < result->losses->len; i++) {
        g_autofree char *loss = export_loss_format(result->losses->pdata[i]);
        g_string_append_printf(text, "%s\n", loss);
    }
    for (guint i = 0; i < ifcfg_problems_length(problems); i++)
        g_string_append_printf(text, "read: %s\n", ifcfg_problems_get(problems, i)->message);
    g_string_append_printf(text, "%u of %u\n", result->n_whole, result->n_read);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void test_example(gconstpointer data)
{
    const char *name = data;
    g_autofree char *root = source_path("sysconfig-examples", name, "");
    for (gsize i = 0; i < G_N_ELEMENTS(targets); i++) {
        g_autofree char *suffix = g_strconcat(".", targets[i], NULL);
        g_autofree char *path = source_path("tests/golden/export", name, suffix);
        g_autofree char *text = export_text_of(root, targets[i]), *expected = NULL;
        if (g_getenv("UPDATE_GOLDEN"))
            g_assert_true(g_file_set_contents(path, text, -1, NULL));
        if (!g_file_get_contents(path, &expected, NULL, NULL))
            g_error("%s is missing: look at it, then write it with UPDATE_GOLDEN=1\n%s", path, text);
        g_assert_cmpstr(text, ==, expected);
    }
}

typedef struct {
    const char *name, *files;
    const char *target;
    const char *has, *lacks; /* of what comes out; NULL: nothing */
} Case;

static const Case cases[] = {
    {"no-key-is-forgotten", "@ifcfg-eth0\nDEVICE=eth0\nLINKDELAY=5\nZONE=dmz\nMTU=9000\nNONSENSE=1\n",
     "networkd", "ifcfg-eth0:2: LINKDELAY=5 is not carried over", "MTU=9000 is"},
    {"nothing-of-addresses-in-a-port",
     "@ifcfg-br0\nTYPE=Bridge\n@ifcfg-eth0\nBRIDGE=br0\nIPV6_DEFROUTE=yes\nIPV6_FAILURE_FATAL=no\n", "nm",
     "slave-type=bridge", "never-default"},
    {"names-without-addresses",
     "@ifcfg-eth0\nDEVICE=eth0\nBOOTPROTO=none\nDNS1=10.0.0.53\nDOMAIN=example.com\n", "nm",
     "10.0.0.53 is not carried over: NetworkManager has name servers only where", "dns="},
    {"resolver-options-without-addresses", "@ifcfg-eth0\nDEVICE=eth0\nBOOTPROTO=none\nRES_OPTIONS=rotate\n",
     "nm", "ifcfg-eth0:3: RES_OPTIONS=rotate is not carried over: ", "dns-options="},
    {"names-beside-addresses-of-the-other-kind",
     "@ifcfg-eth0\nDEVICE=eth0\nIPV6ADDR=2001:db8::2/"
     "64\nIPV6INIT=yes\nDNS1=2001:db8::53\nDOMAIN=example.com\n",
     "nm", "dns=2001:db8::53;\ndns-search=example.com;", "not carried over"},
    {"lo-has-its-section", "@ifcfg-lo\nDEVICE=lo\nIPADDR=127.0.0.1\nPREFIX=8\nIPADDR1=10.0.0.1\nPREFIX1=32\n",
     "nm", "[loopback]\nmtu=0\n", "method=ignore"},
    {"all-ends-of-a-vxlan", "@ifcfg-vx0\nTYPE=VXLAN\nVXLAN_ID=7\nPHYSDEV=eth0\nPEER_OUTER_IPADDR=239.1.1.1\n",
     "networkd", "Group=239.1.1.1", "Remote="},
    {"one-end-of-a-vxlan", "@ifcfg-vx0\nTYPE=VXLAN\nVXLAN_ID=7\nPEER_OUTER_IPADDR=10.0.0.9\n", "networkd",
     "Remote=10.0.0.9", "Group="},
    {"a-tunnel-to-anybody", "@ifcfg-tun0\nTYPE=IPIP\nMY_INNER_IPADDR=10.9.0.1/24\nMY_OUTER_IPADDR=10.0.0.1\n",
     "nm", "tun0 is not carried over: NetworkManager makes no tunnel without the address of its other end",
     "[ip-tunnel]"},
    {"line-that-is-none", "@ifcfg-eth0\nDEVICE=eth0\nbrctl sethello br0 1\n", "nm",
     "ifcfg-eth0:2: this line is not carried over: ", NULL},
    {"type-of-a-program-that-is-not-there", "@ifcfg-eth0\nDEVICE=eth0\nTYPE=OVSBridge\nDEVICETYPE=ovs\n",
     "networkd", "ifcfg-eth0:2: TYPE=OVSBridge is not carried over: there is no such type", NULL},
    {"unknown-key", "@ifcfg-eth0\nDEVICE=eth0\nNONSENSE=1\n", "nm", "ifcfg-eth0:2: NONSENSE=1 is not", NULL},
    {"zone-in-nm", "@ifcfg-eth0\nDEVICE=eth0\nZONE=dmz\n", "nm", "\nzone=dmz\n", "is not carried"},
    {"zone-in-networkd", "@ifcfg-eth0\nDEVICE=eth0\nZONE=dmz\n", "networkd", "ifcfg-eth0:2: ZONE=dmz is not",
     NULL},
    {"what-holds-anyway", "@ifcfg-eth0\nDEVICE=eth0\nARPUPDATE=yes\nUSERCTL=no\nHOTPLUG=yes\n", "nm",
     "1 of 1", NULL},
    {"network-file",
     "@ifcfg-eth0\nDEVICE=eth0\n@/etc/sysconfig/network\nNETWORKING=yes\nNETWORKDELAY=5\nGATEWAY=192.0.2.1\n",
     "networkd", "1 of 2", NULL},
    {"no-line-of-a-value", "@ifcfg-eth0\nDEVICE=eth0\nNAME=$'x\\n[connection]\\nautoconnect=no'\n", "nm",
     "id=x\\n[connection]\\nautoconnect=no\n", NULL},
    {"domain-is-no-section",
     "@ifcfg-eth0\nDEVICE=eth0\nBOOTPROTO=none\nDNS1=192.0.2.1\nDOMAIN=$'a\\n[Network]\\nBridge=x'\n",
     "networkd", NULL, "\n[Network]\nBridge=x"},
    {"rule-without-number",
     "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.2\nPREFIX=24\n@rule-eth0\nfrom 192.0.2.2 table 7\nto "
     "192.0.2.3 table 8\n",
     "nm", "routing-rule2=priority 32764 from 0.0.0.0/0 to 192.0.2.3/32 table 8\n", NULL},
    {"rule-of-no-other",
     "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.2\nPREFIX=24\n@rule-eth0\nfrom 192.0.2.2 goto 9\n", "networkd",
     "rule-eth0:1: from 192.0.2.2 goto 9 is not carried over", "RoutingPolicyRule"},
    {"option-of-no-other",
     "@ifcfg-bond0\nDEVICE=bond0\nTYPE=Bond\nBONDING_OPTS=\"mode=1 miimon=100 use_carrier=0\"\n", "networkd",
     "ifcfg-bond0:3: use_carrier=off is not carried over", NULL},
    {"value-of-no-other",
     "@ifcfg-bond0\nDEVICE=bond0\nTYPE=Bond\nBONDING_OPTS=\"mode=2 miimon=100 "
     "xmit_hash_policy=vlan+srcmac\"\n",
     "networkd", "systemd-networkd does not take this value", "TransmitHashPolicy"},
    {"port-options",
     "@ifcfg-br0\nDEVICE=br0\nTYPE=Bridge\n@ifcfg-eth0\nDEVICE=eth0\nBRIDGE=br0\nBRIDGING_OPTS=\"path_cost=7 "
     "hairpin_mode=1\"\n",
     "nm", "\n[bridge-port]\npath-cost=7\nhairpin-mode=true\n", "is not carried"},
    {"queue-of-a-port",
     "@ifcfg-bond0\nDEVICE=bond0\nTYPE=Bond\nBONDING_OPTS=\"mode=1 miimon=100 "
     "queue_id=eth0:2\"\n@ifcfg-eth0\nDEVICE=eth0\nMASTER=bond0\nSLAVE=yes\n",
     "nm", "\n[bond-port]\nqueue-id=2\n", "is not carried"},
    {"ethtool", "@ifcfg-eth0\nDEVICE=eth0\nETHTOOL_OPTS=\"-G eth0 rx 512; -K eth0 tso off; wol g\"\n", "nm",
     "ring-rx=512\nfeature-tso=false\n", "is not carried"},
    {"ethtool-in-a-link",
     "@ifcfg-eth0\nDEVICE=eth0\nHWADDR=52:54:00:00:00:01\nETHTOOL_OPTS=\"-G eth0 rx 512; -C eth0 rx-usecs "
     "9\"\n",
     "networkd", "[Link]\nRxBufferSize=512\nRxCoalesceSec=9us\nName=eth0\n", "is not carried"},
    {"program-only", "@ifcfg-eth0\nDEVICE=eth0\nETHTOOL_OPTS=\"-N eth0 flow-type tcp4\"\n", "nm",
     "is not carried over: it is for the program ethtool alone", NULL},
    {"not-at-boot", "@ifcfg-eth0\nDEVICE=eth0\nONBOOT=no\n", "networkd", "ActivationPolicy=manual\n", NULL},
    {"whole-file", "@ifcfg-ppp0\nDEVICE=ppp0\nTYPE=xDSL\nUSER=x\n", "nm",
     "ifcfg-ppp0:2: ppp0 is not carried over", "USER"},
    {"second-file", "@ifcfg-a\nDEVICE=eth0\n@ifcfg-b\nDEVICE=eth0\nMTU=9000\n", "nm", "1 of 2", "mtu=9000"},
    {"bridge-without-a-file", "@ifcfg-eth0\nDEVICE=eth0\nBRIDGE=br0\n", "nm",
     "==> br0.nmconnection 0600 <==", NULL},
    {"bond-without-a-file", "@ifcfg-eth0\nDEVICE=eth0\nMASTER=bond0\nSLAVE=yes\n", "nm",
     "ifcfg-eth0:2: eth0 is not carried over: MASTER=bond0", NULL},
    {"own-words-of-nm",
     "@ifcfg-eth0\nDEVICE=eth0\nBOOTPROTO=dhcp\nIPV4_ROUTE_METRIC=50\nIPV6_FAILURE_FATAL=yes\nUUID=0b9e1c3c-"
     "22a5-4c1c-8a2f-d44d2a0f3f1a\n",
     "nm", "uuid=0b9e1c3c-22a5-4c1c-8a2f-d44d2a0f3f1a\n", "is not carried"},
    {"identifiers-in-nm", "@ifcfg-eth0\nDEVICE=eth0\nIPV6INIT=yes\nIPV6_ADDR_GEN_MODE=stable-privacy\n", "nm",
     "addr-gen-mode=stable-privacy\n", "is not carried"},
    {"identifiers-in-networkd", "@ifcfg-eth0\nDEVICE=eth0\nIPV6INIT=yes\nIPV6_ADDR_GEN_MODE=stable-privacy\n",
     "networkd", "IPv6LinkLocalAddressGenerationMode=stable-privacy\n", "is not carried"},
    {"identifiers-in-nmstate", "@ifcfg-eth0\nDEVICE=eth0\nIPV6INIT=yes\nIPV6_ADDR_GEN_MODE=stable-privacy\n",
     "nmstate", "\"addr-gen-mode\" : \"stable-privacy\"", "is not carried"},
    {"token-in-networkd", "@ifcfg-eth0\nDEVICE=eth0\nIPV6INIT=yes\nIPV6_AUTOCONF=yes\nIPV6_TOKEN=::1:2\n",
     "networkd", "\nToken=::1:2\n", "is not carried"},
    {"token-in-nmstate",
     "@ifcfg-eth0\nDEVICE=eth0\nIPV6INIT=yes\nIPV6_AUTOCONF=yes\nIPV6_TOKEN=::1:2\nIPV6_DEFROUTE=no\n",
     "nmstate", "\"token\" : \"::1:2\"", "is not carried"},
    {"routers-without-a-default-in-nmstate",
     "@ifcfg-eth0\nDEVICE=eth0\nIPV6INIT=yes\nIPV6_AUTOCONF=yes\nIPV6_DEFROUTE=no\n", "nmstate",
     "\"auto-gateway\" : false", "is not carried"},
    {"a-default-without-routers-in-nmstate",
     "@ifcfg-eth0\nDEVICE=eth0\nIPV6INIT=yes\nIPV6_AUTOCONF=no\nIPV6_DEFROUTE=yes\n", "nmstate",
     "\"autoconf\" : false", "auto-gateway"},
    {"queues-and-priorities-of-ports-in-nmstate",
     "@ifcfg-bond0\nDEVICE=bond0\nTYPE=Bond\nBONDING_OPTS=\"mode=1 miimon=100 "
     "queue_id=eth0:2\"\n@ifcfg-eth0\nDEVICE=eth0\nMASTER=bond0\nSLAVE=yes\nBOND_PORT_PRIO=7\n",
     "nmstate", "\"queue-id\" : 2", "is not carried"},
    {"macvlan-in-nmstate", "@ifcfg-eth0\nDEVICE=eth0\n@ifcfg-m0\nDEVICE=m0\nTYPE=Macvlan\nPHYSDEV=eth0\n",
     "nmstate", "\"mode\" : ", "is not carried"},
    {"ipvlan-in-nmstate",
     "@ifcfg-eth0\nDEVICE=eth0\n@ifcfg-i0\nDEVICE=i0\nTYPE=Ipvlan\nPHYSDEV=eth0\nIPVLAN_MODE=l3\n", "nmstate",
     "\"mode\" : \"l3\"", "is not carried"},
    {"vlan-in-nmstate",
     "@ifcfg-eth0\nDEVICE=eth0\n@ifcfg-v0\nDEVICE=v0\nTYPE=Vlan\nPHYSDEV=eth0\nVID=7\nVLAN_PROTOCOL=802.1ad\n"
     "REORDER_HDR=no\nMVRP=yes\nVLAN_INGRESS_PRIORITY_MAP=1:2,3:4\n",
     "nmstate", "\"from\" : 3,", "is not carried"},
    {"bridge-in-nmstate",
     "@ifcfg-br0\nDEVICE=br0\nTYPE=Bridge\nSTP=yes\nPRIO=4096\nDELAY=4\nBRIDGING_OPTS=\"hello_time=300 "
     "max_age=1900 vlan_protocol=802.1ad multicast_router=2 group_fwd_mask=8\"\n@ifcfg-eth0\nDEVICE=eth0\n"
     "BRIDGE=br0\nBRIDGING_OPTS=\"path_cost=7 hairpin_mode=1 priority=5\"\n",
     "nmstate", "\"stp-path-cost\" : 7", "is not carried"},
    {"routes-in-nmstate",
     "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.2\nPREFIX=24\n@route-eth0\n10.0.0.0/8 via 192.0.2.1 table 9 "
     "metric 5 src 192.0.2.2 mtu 1400 advmss 1300 initcwnd 20 initrwnd 30 quickack 1\nblackhole "
     "10.1.0.0/16\n10.2.0.0/16 nexthop via 192.0.2.3 weight 2 nexthop via 192.0.2.4\n@rule-eth0\nfrom "
     "192.0.2.2 "
     "iif lo fwmark 5/7 table 9 priority 100\nto 10.3.0.0/16 prohibit\n",
     "nmstate", "\"quickack\" : true", "is not carried"},
    {"dhcp-in-nmstate",
     "@ifcfg-eth0\nDEVICE=eth0\nBOOTPROTO=dhcp\nDHCPV6C=yes\nIPV6INIT=yes\nDEFROUTE=no\nMETRIC=50\nPEERDNS="
     "no\n"
     "PEERROUTES=no\nDHCP_CLIENT_ID=x\nDHCP_HOSTNAME=h\nDHCP_SEND_HOSTNAME=yes\n",
     "nmstate", "\"auto-route-metric\" : 50", "is not carried"},
    {"ethtool-in-nmstate",
     "@ifcfg-eth0\nDEVICE=eth0\nETHTOOL_OPTS=\"speed 1000 duplex full autoneg on; -G eth0 rx 512 tx 512; -K "
     "eth0 "
     "tso off gro on lro off rxvlan off; -A eth0 rx on tx off autoneg off; -C eth0 rx-usecs 9 adaptive-rx "
     "on\"\n",
     "nmstate", "\"rx-usecs\" : 9", "is not carried"},
};

static void test_case(gconstpointer data)
{
    const Case *row = data;
    g_autoptr(GError) error = NULL;
    g_autofree char *root = g_dir_make_tmp("netsvc-export-XXXXXX", &error);
    g_assert_no_error(error);
    case_write(root, row->files);
    g_autofree char *text = export_text_of(root, row->target);
    case_remove(root);
    if ((row->has && !strstr(text, row->has)) || (row->lacks && strstr(text, row->lacks)))
        g_error("\"%s\" missing, or \"%s\" there, in:\n%s", row->has, row->lacks, text);
}

/* Every option of a bond and a bridge that is no default is carried over or named, by each target. */
static void option_check(const LinkFamily *family, const LinkOption *option, const char *target)
{
    g_autofree char *sample = link_option_sample(option, "eth0");
    g_autofree char *mode = g_strdup("");
    if (!sample || option->when == LINK_WHEN_NEVER || link_family_is_listed_for_ports(family, option) ||
        option == link_family_option(family, family->selector ? family->selector : ""))
        return;
    for (guint32 number = 0; option->legal && number < 8; number++)
        if (option->legal & LINK_BIT(number)) {
            g_free(mode);
            mode = g_strdup_printf("mode=%u ", number);
            break;
        }
    g_autofree char *files = g_strdup_printf(
        "@ifcfg-x0\nDEVICE=x0\nTYPE=%s\n%s=\"%s%s=%s\"\n@ifcfg-eth0\nDEVICE=eth0\n%s\n",
        g_str_equal(family->kind, "bond") ? "Bond" : "Bridge", family->own.list, mode, option->name, sample,
        g_str_equal(family->kind, "bond") ? "MASTER=x0\nSLAVE=yes" : "BRIDGE=x0");
    g_autoptr(GError) error = NULL;
    g_autofree char *root = g_dir_make_tmp("netsvc-export-XXXXXX", &error);
    case_write(root, files);
    g_autofree char *text = export_text_of(root, target);
    case_remove(root);
    const ExportOption *row = export_option_find(family->kind, option->name, FALSE);
    guint column = export_target_find(target)->column;
    gboolean is_known = row && row->cells[column].place;
    const char *lost = strstr(text, "read: ");
    lost = lost && strstr(lost, option->name) ? option->name
                                              : NULL; /* the kernel would refuse it: told already */
    g_autofree char *named = g_strdup_printf(": %s=", option->name);
    const char *key = is_known ? strrchr(row->cells[column].place, '/') : NULL;
    gboolean is_told = lost || (strstr(text, named) && strstr(text, "is not carried over"));
    if (!(key && strstr(text, key + 1)) && !is_told && !(is_known && !*row->cells[column].place))
        g_error("%s %s=%s is forgotten for %s:\n%s", family->kind, option->name, sample, target, text);
}

static void test_options(void)
{
    const LinkFamily *const families[] = {link_family_find("bond"), link_family_find("bridge")};
    for (gsize f = 0; f < G_N_ELEMENTS(families); f++)
        for (gsize i = 0; i < families[f]->own.n; i++)
            for (gsize t = 0; t < G_N_ELEMENTS(targets); t++)
                option_check(families[f], &families[f]->own.rows[i], targets[t]);
}

/* The tables name keys and options that there are. */
static void test_tables(void)
{
    gsize count;
    const ExportKey *rows = export_keys_table(&count);
    for (gsize i = 0; i < count; i++)
        if (!ifcfg_key_find(rows[i].key))
            g_error("no such key: %s", rows[i].key);
    const IfcfgKey *keys = ifcfg_keys(&count);
    guint structure = 0;
    for (gsize i = 0; i < count; i++)
        structure += export_key_is_structure(keys[i].name);
    g_assert_cmpuint(structure, >, 50);
    g_assert_false(export_key_is_structure("LINKDELAY"));
    g_assert_null(export_target_find("netplan"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    examples_add("/export/example", NULL, test_example);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strdup_printf("/export/case/%s", cases[i].name);
        g_test_add_data_func(path, &cases[i], test_case);
    }
    g_test_add_func("/export/options", test_options);
    g_test_add_func("/export/tables", test_tables);
    return g_test_run();
}
