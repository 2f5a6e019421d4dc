/* Lists the bonds of a machine or of a tree, with their mode and ports and where each was asked for: what a
 * program can learn through libifcfg. Build: cc list-bonds.c $(pkg-config --cflags --libs libifcfg) */
#include <ifcfg.h>
#include <stdio.h>
#include <string.h>

#if !IFCFG_API_CHECK(0, 1)
#error "libifcfg 0.1 or a compatible one is needed"
#endif

/* The device of a file: DEVICE=, or the name of the file where that is missing. */
static const char *entry_device(const IfcfgEntry *entry)
{
    const char *device = ifcfg_record_get(entry->record, "DEVICE");
    return device && *device ? device : entry->name;
}

static gboolean entry_is_bond(const IfcfgEntry *entry)
{
    const char *type = ifcfg_record_get(entry->record, "TYPE");
    return ifcfg_record_get(entry->record, "BONDING_OPTS") || (type && !g_ascii_strcasecmp(type, "bond"));
}

/* The mode as the kernel names it; all ways to write one (mode=1, mode=active-backup) give the same. */
static const char *entry_mode(const IfcfgEntry *entry, IfcfgProblems *problems)
{
    const char *text = ifcfg_record_get(entry->record, "BONDING_OPTS");
    IfcfgWhere where = ifcfg_record_where(entry->record, "BONDING_OPTS");
    const LinkFamily *bond = link_family_find("bond");
    g_autoptr(LinkSettings) settings = link_settings_new(bond);
    link_settings_parse(settings, text ? text : "", where, FALSE, problems);
    return link_family_selector_name(bond, link_settings_selector(settings));
}

static void ports_print(const IfcfgDir *dir, const char *bond)
{
    for (guint i = 0; i < ifcfg_dir_length(dir); i++) {
        const IfcfgEntry *port = ifcfg_dir_nth(dir, i);
        const char *master = ifcfg_record_get(port->record, "MASTER");
        if (master && !strcmp(master, bond))
            printf("    port %s (%s:%u)\n", entry_device(port), port->path,
                   ifcfg_record_where(port->record, "MASTER").line);
    }
}

static void bonds_print(const IfcfgDir *dir, IfcfgProblems *problems)
{
    for (guint i = 0; i < ifcfg_dir_length(dir); i++) {
        const IfcfgEntry *entry = ifcfg_dir_nth(dir, i);
        if (entry->kind != IFCFG_ENTRY_MAIN || !entry_is_bond(entry))
            continue;
        printf("%s: %s (%s:%u)\n", entry_device(entry), entry_mode(entry, problems), entry->path,
               ifcfg_record_where(entry->record, "BONDING_OPTS").line);
        ports_print(dir, entry_device(entry));
    }
}

int main(int argc, char **argv)
{
    if (argc > 2) {
        fprintf(stderr, "Usage: %s [ROOT]\n", argv[0]);
        return 2;
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(IfcfgDir) dir = ifcfg_dir_load(argc > 1 ? argv[1] : NULL, problems, &error);
    if (!dir) {
        fprintf(stderr, "%s: %s\n", argv[0], error->message);
        return 1;
    }
    bonds_print(dir, problems);
    ifcfg_problems_sort(problems);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        g_autofree char *text = ifcfg_problem_format(ifcfg_problems_get(problems, i));
        fprintf(stderr, "%s\n", text);
    }
    return ifcfg_problems_count(problems, IFCFG_ERROR) ? 1 : 0;
}
