/* What the owner of resolv.conf has been told, read back from where it keeps that: nobody need be asked, and
 * nobody can be silent. */
#include "apply/resolver-told.h"
#include "ifcfg-file.h"
#include "ifcfg-ip.h"
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

static char *file_text(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    return text ? text : g_strdup("");
}

static void told_add(GPtrArray *told, const char *dev, NetNames *names)
{
    ResolvShare *share = resolv_share_new(dev, 0, names);
    g_ptr_array_add(told, share);
}

/* "192.0.2.53", "fe80::1%2", "192.0.2.53:53#dns.example.com": dns_server_string_full() of resolved */
static void servers_add(NetNames *names, const char *text)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
    for (char **word = words; *word; word++) {
        (*word)[strcspn(*word, "%#")] = '\0';
        net_names_add_words(names->servers, *word);
    }
}

/* resolved-link.c, link_save_user(): SERVERS=, DOMAINS= (~ before those that are no search domains). */
static NetNames *resolved_names(const char *text)
{
    NetNames *names = net_names_new();
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        if (g_str_has_prefix(*line, "SERVERS="))
            servers_add(names, *line + strlen("SERVERS="));
        else if (g_str_has_prefix(*line, "DOMAINS="))
            net_names_add_words(names->search, *line + strlen("DOMAINS="));
    }
    return names;
}

static void resolved_add(GPtrArray *told, const char *folder, const char *name)
{
    char dev[IF_NAMESIZE];
    guint64 index;
    if (!g_ascii_string_to_unsigned(name, 10, 1, G_MAXINT, &index, NULL) ||
        !if_indextoname((guint)index, dev))
        return;
    g_autofree char *text = file_text(folder, name);
    told_add(told, dev, resolved_names(text));
}

/* A record is named as we have told it: "eth0.netsvc". */
static void resolvconf_add(GPtrArray *told, const char *folder, const char *name)
{
    if (!g_str_has_suffix(name, ".netsvc"))
        return;
    g_autofree char *text = file_text(folder, name), *dev = g_strndup(name, strlen(name) - strlen(".netsvc"));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    NetNames *names = net_names_new();
    for (char **line = lines; *line; line++)
        net_names_add_line(names, *line);
    told_add(told, dev, names);
}

static const struct {
    ResolvOwner owner;
    const char *folder;
    void (*add)(GPtrArray *told, const char *folder, const char *name);
} places[] = {
    {RESOLV_IS_RESOLVED, "run/systemd/resolve/netif", resolved_add},
    {RESOLV_IS_RESOLVCONF, "run/resolvconf/interface", resolvconf_add},  /* Debian's */
    {RESOLV_IS_RESOLVCONF, "run/resolvconf/interfaces", resolvconf_add}, /* openresolv */
};

GPtrArray *resolver_told(const char *root, ResolvOwner owner)
{
    /* resolved makes its folder when it is told for the first time */
    GPtrArray *told = owner == RESOLV_IS_RESOLVED ? resolv_shares_new() : NULL;
    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autofree char *folder = g_build_filename(root ? root : "/", places[i].folder, NULL);
        g_autoptr(GDir) dir = places[i].owner == owner ? ifcfg_folder_open(NULL, folder) : NULL;
        if (dir && !told)
            told = resolv_shares_new();
        for (const char *name; dir && (name = g_dir_read_name(dir));)
            places[i].add(told, folder, name);
    }
    return told;
}
