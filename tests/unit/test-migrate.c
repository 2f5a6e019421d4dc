/* What `netsvc migrate --check` says: once each, and its table of differences against README's chapter. */
#include "load.h"
#include "migrate/migrate.h"
#include "tree.h"
#include <string.h>

typedef struct {
    const char *name, *files;
    int status;
    const char *has;   /* "SECTION ID PLACES", a line each */
    const char *lacks; /* an id, or NULL */
} Case;

#define PLAIN "@ifcfg-eth0\nDEVICE=eth0\nTYPE=Ethernet\nIPADDR=192.0.2.2\nPREFIX=24\nONBOOT=yes\n"

static const Case cases[] = {
    {"plain", PLAIN, 0, "upgrade el10 1\n", "el9-type"},
    {"without-type", "@ifcfg-eth0\nDEVICE=eth0\n@ifcfg-eth1\nDEVICE=eth1\n", 0, "upgrade el9-type 2\n",
     "el9-controlled"},
    {"two-types", "@ifcfg-eth0\nDEVICE=eth0\nTYPE=Ethernet\nDEVICETYPE=eth\n", 0, "upgrade el9-type 1\n",
     NULL},
    {"kept-from-nm", PLAIN "NM_CONTROLLED=no\n", 0,
     "networkmanager nm-controlled 1\nupgrade el9-controlled 1\n", "nm-key"},
    {"lo-is-left-out", "@ifcfg-lo\nDEVICE=lo\nIPADDR=127.0.0.1\nNETMASK=255.0.0.0\n" PLAIN, 0,
     "upgrade el10 2\n", "el9-type"},
    {"rules", PLAIN "@rule-eth0\nfrom 192.0.2.2 table 7\n", 0,
     "networkmanager nm-rules 1\nupgrade el10-rules 1\n", "el9-type"},
    {"range",
     PLAIN "@ifcfg-eth0-range0\nIPADDR_START=192.0.2.5\nIPADDR_END=192.0.2.6\nCLONENUM_START=1\nPREFIX=24\n",
     0, "networkmanager nm-range 1\n", NULL},
    {"passed-over", PLAIN "SRCADDR=192.0.2.2\nHOTPLUG=no\nUSERCTL=no\n", 0, "networkmanager nm-key 2\n",
     NULL},
    {"type-of-no-other", "@ifcfg-dummy0\nDEVICE=dummy0\nTYPE=Dummy\n", 0, "networkmanager nm-type 1\n", NULL},
    {"no-monitor", "@ifcfg-bond0\nDEVICE=bond0\nTYPE=Bond\nBONDING_OPTS=\"mode=1\"\n", 1,
     "differs bond-monitor 1\n", NULL},
    {"monitor", "@ifcfg-bond0\nDEVICE=bond0\nTYPE=Bond\nBONDING_OPTS=\"mode=1 miimon=50\"\n", 0,
     "upgrade el10 1\n", "bond-monitor"},
    {"bridge-times", "@ifcfg-br0\nDEVICE=br0\nTYPE=Bridge\nDELAY=5\n", 1, "differs bridge-times 1\n", NULL},
    {"bridge-without-delay", "@ifcfg-br0\nDEVICE=br0\nTYPE=Bridge\nDELAY=0\n", 0, "upgrade el10 1\n",
     "bridge-times"},
    {"linkdelay", PLAIN "LINKDELAY=5\n", 1, "differs linkdelay 1\n", NULL},
    {"gap", PLAIN "IPADDR1=192.0.2.3\nPREFIX1=24\nIPADDR4=192.0.2.4\nPREFIX4=24\n", 1, "differs gaps 1\n",
     NULL},
    {"no-gap", PLAIN "IPADDR1=192.0.2.3\nPREFIX1=24\nIPADDR2=192.0.2.4\nPREFIX2=24\n", 0, "upgrade el10 1\n",
     "gaps"},
    {"port-without-slave",
     "@ifcfg-bond0\nDEVICE=bond0\nTYPE=Bond\nBONDING_OPTS=\"mode=1 "
     "miimon=50\"\n@ifcfg-eth0\nDEVICE=eth0\nMASTER=bond0\n",
     1, "differs port-without-slave 1\n", NULL},
    {"word-of-nm",
     "@ifcfg-eth0\nDEVICE=eth0\nTYPE=Ethernet\nIPADDR0=192.0.2.2\nPREFIX0=24\nGATEWAY0=192.0.2.1\n", 1,
     "differs keys-of-networkmanager 1\n", NULL},
    {"search-of-nm", PLAIN "SEARCH=example.com\n", 1, "differs keys-of-networkmanager 1\n", NULL},
    {"search-beside-domain", PLAIN "SEARCH=example.com\nDOMAIN=example.org\n", 0, "upgrade el10 1\n",
     "keys-of-networkmanager"},
    {"vlans-of-a-bridge", "@ifcfg-br0\nDEVICE=br0\nTYPE=Bridge\nDELAY=0\nBRIDGE_VLANS=5\n", 1,
     "differs keys-of-networkmanager 1\n", NULL},
    {"number-of-a-vlan", "@ifcfg-eth0.5\nDEVICE=eth0.5\nTYPE=Vlan\nVLAN=yes\nVLAN_ID=5\n" PLAIN, 0,
     "upgrade el10 2\n", "keys-of-networkmanager"},
    {"another-number", "@ifcfg-eth0.5\nDEVICE=eth0.5\nTYPE=Vlan\nVLAN=yes\nVLAN_ID=6\n" PLAIN, 1,
     "differs keys-of-networkmanager 1\n", NULL},
    {"identifier", PLAIN "IPV6INIT=yes\nIPV6_ADDR_GEN_MODE=stable-privacy\n", 1, "differs identifier 1\n",
     NULL},
    {"identifier-of-nobody", PLAIN "IPV6INIT=no\nIPV6_ADDR_GEN_MODE=stable-privacy\n", 0, "upgrade el10 1\n",
     "identifier"},
    {"identifier-of-the-mac", PLAIN "IPV6INIT=yes\nIPV6_ADDR_GEN_MODE=eui64\n", 0, "upgrade el10 1\n",
     "identifier"},
    {"network-of-others", PLAIN "NETWORK=10.0.0.0\nGATEWAY=192.0.2.1\n", 1, "differs addresses 1\n", NULL},
    {"its-network", PLAIN "NETWORK=192.0.2.0\nGATEWAY=192.0.2.1\n", 0, "upgrade el10 1\n", "addresses"},
    {"unknown", PLAIN "FOO=1\nBAR=2\n", 0, "unknown unknown-key 2\n", NULL},
    {"refused", PLAIN "@/etc/sysconfig/network\nNETWORKING=yes\nIPV6_AUTOTUNNEL=yes\n", 1,
     "differs refused 1\n", NULL},
    {"second-file", PLAIN "@ifcfg-x\nDEVICE=eth0\n", 2, "broken second-file 1\n", NULL},
    {"fault", "@ifcfg-eth0.9999\nDEVICE=eth0.9999\nVLAN=yes\n", 2, "broken fault 1\n", "error"},
    {"wireless", "@ifcfg-wlan0\nDEVICE=wlan0\nTYPE=Wireless\nESSID=x\n", 2, "broken unsupported 1\n", NULL},
    {"wireless-not-at-boot", "@ifcfg-wlan0\nDEVICE=wlan0\nTYPE=Wireless\nESSID=x\nONBOOT=no\n", 1,
     "differs unsupported 1\n", NULL},
    {"error", "@ifcfg-eth0\nDEVICE=eth0\nTYPE=Ethernet\nIPADDR=192.0.2.2\nPREFIX=24\nGATEWAY=10.9.9.9\n", 1,
     "differs error 1\n", NULL},
    {"hook", PLAIN "@/sbin/ifup-local\n#!/bin/sh\n", 0, "upgrade el10 1\n", "hooks"}, /* not executable */
};

static char *report_text(const MigrateReport *report)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < report->items->len; i++) {
        const MigrateItem *item = report->items->pdata[i];
        g_string_append_printf(text, "%s %s %u\n", migrate_section_name(item->section), item->id,
                               item->places->len);
        for (guint n = 0; n < i; n++) /* nothing is said twice */
            g_assert_cmpstr(item->text, !=, ((const MigrateItem *)report->items->pdata[n])->text);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void test_case(gconstpointer data)
{
    const Case *row = data;
    g_autoptr(GError) error = NULL;
    g_autofree char *root = g_dir_make_tmp("netsvc-migrate-XXXXXX", &error);
    g_assert_no_error(error);
    case_write(root, row->files);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(NetModel) model = tree_load(root, NULL, problems);
    g_autoptr(MigrateReport) report = migrate_check(model, problems);
    migrate_advise(report);
    g_autofree char *text = report_text(report);
    case_remove(root);
    g_auto(GStrv) lines = g_strsplit(row->has, "\n", -1);
    for (char **line = lines; *line; line++)
        if (**line && !strstr(text, *line))
            g_error("%s: \"%s\" is missing in:\n%s", row->name, *line, text);
    g_autofree char *id = row->lacks ? g_strdup_printf(" %s ", row->lacks) : NULL;
    if (id && strstr(text, id))
        g_error("%s:%s is there in:\n%s", row->name, id, text);
    g_assert_cmpint(migrate_status(report), ==, row->status);
    g_assert_true((migrate_status(report) != 0) == migrate_has(report, MIGRATE_TO_DO));
}

/* The chapter of README has a bullet for every row, and a row for every bullet. */
static void test_readme(void)
{
    const char *tree = g_getenv("TREE");
    g_autofree char *path = g_build_filename(tree ? tree : ".", "README.md", NULL), *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    char *chapter = strstr(text, "\n## How it differs from the old scripts\n");
    g_assert_nonnull(chapter);
    char *end = strstr(chapter + 1, "\n## ");
    g_assert_nonnull(end);
    *end = '\0';
    g_auto(GStrv) bullets = g_strsplit(chapter, "\n* ", -1);
    gsize count;
    const MigrateDifference *rows = migrate_differences(&count);
    g_assert_cmpuint(g_strv_length(bullets), >, 20);
    for (gsize i = 0; i < count; i++) {
        guint found = 0;
        for (char **bullet = bullets + 1; *bullet; bullet++)
            found += strstr(*bullet, rows[i].readme) != NULL;
        if (found != 1)
            g_error("%s: %u bullets of README have \"%s\"", rows[i].id, found, rows[i].readme);
        g_assert_true((rows[i].concerns == NULL) == (rows[i].text == NULL));
    }
    for (char **bullet = bullets + 1; *bullet; bullet++) {
        gboolean is_known = FALSE;
        for (gsize i = 0; i < count; i++)
            is_known |= strstr(*bullet, rows[i].readme) != NULL;
        if (!is_known)
            g_error("netsvc/migrate/differences.c has no row for README's \"%s\"", *bullet);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strdup_printf("/migrate/%s", cases[i].name);
        g_test_add_data_func(path, &cases[i], test_case);
    }
    g_test_add_func("/migrate/readme", test_readme);
    return g_test_run();
}
