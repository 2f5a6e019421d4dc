/* What is kept of a DHCP client of ours, and what /proc says of a process. */
#include "apply/clients-record.h"
#include "apply/daemon-unit.h"
#include "apply/net-error.h"
#include "apply/pid-watch.h"
#include "ifcfg-ip.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define GROUP "client"

void client_record_free(ClientRecord *self)
{
    g_free(self->settings);
    g_free(self->unit);
    g_free(self);
}

char *client_record_path(const char *root, const char *dev, int family)
{
    return g_strdup_printf("%s" DHCP_RUN_DIR "/%s-%c", root, dev, family == AF_INET6 ? '6' : '4');
}

ClientRecord *client_record_load(const char *root, const char *dev, int family)
{
    g_autofree char *path = client_record_path(root, dev, family);
    g_autoptr(GKeyFile) file = g_key_file_new();
    if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, NULL))
        return NULL;
    g_autofree char *name = g_key_file_get_string(file, GROUP, "name", NULL);
    NetClient client = name ? net_client_find(name) : NET_CLIENT_LAST;
    if (client == NET_CLIENT_LAST)
        return NULL;
    ClientRecord *self = g_new0(ClientRecord, 1);
    self->client = client;
    self->settings = g_key_file_get_string(file, GROUP, "settings", NULL);
    self->unit = g_key_file_get_string(file, GROUP, "unit", NULL);
    self->pid = (GPid)g_key_file_get_integer(file, GROUP, "pid", NULL);
    self->start = g_key_file_get_uint64(file, GROUP, "start", NULL);
    return self;
}

gboolean client_record_save(const ClientRecord *self, const char *root, const char *dev, int family,
                            GError **error)
{
    g_autofree char *path = client_record_path(root, dev, family), *folder = g_path_get_dirname(path);
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_key_file_set_string(file, GROUP, "name", net_client_name(self->client));
    g_key_file_set_string(file, GROUP, "settings", self->settings);
    if (self->unit)
        g_key_file_set_string(file, GROUP, "unit", self->unit);
    else
        g_key_file_set_integer(file, GROUP, "pid", self->pid);
    if (self->start)
        g_key_file_set_uint64(file, GROUP, "start", self->start);
    if (g_mkdir_with_parents(folder, 0755) == 0)
        return g_key_file_save_to_file(file, path, error);
    net_error_set(error, errno, "%s: %s", folder, g_strerror(errno));
    return FALSE;
}

static char *path_beside(const char *root, const char *dev, int family, const char *extension)
{
    g_autofree char *path = client_record_path(root, dev, family);
    return g_strconcat(path, extension, NULL);
}

void client_record_remove(const char *root, const char *dev, int family)
{
    /* the record, dhclient's configuration, the mark of udhcpc-script */
    static const char *const extensions[] = {"", ".conf", ".bound"};
    for (gsize i = 0; i < G_N_ELEMENTS(extensions); i++) {
        g_autofree char *path = path_beside(root, dev, family, extensions[i]);
        remove(path);
    }
    client_names_forget(root, dev, family);
    client_mark_awaited(root, dev, family, FALSE);
}

/* --- names of its lease --- */

char *client_names_path(const char *root, const char *dev, int family)
{
    return path_beside(root, dev, family, ".names");
}

void client_names_forget(const char *root, const char *dev, int family)
{
    g_autofree char *names = client_names_path(root, dev, family);
    remove(names);
}

void client_mark_awaited(const char *root, const char *dev, int family, gboolean is_awaited)
{
    g_autofree char *path = path_beside(root, dev, family, ".awaited"), *folder = g_path_get_dirname(path);
    g_autofree char *text = g_strdup_printf("%d\n", (int)getpid());
    if (!is_awaited)
        remove(path);
    else if (g_mkdir_with_parents(folder, 0755) == 0)
        g_file_set_contents(path, text, -1, NULL);
}

/* Whoever answers on the wire may say anything. */
static gboolean line_is_fine(const char *line)
{
    const char *word = strchr(line, ' ');
    IfcfgIp ip;
    if (word && g_str_has_prefix(line, "nameserver "))
        return ifcfg_ip_parse(word + 1, AF_UNSPEC, &ip);
    return word && g_str_has_prefix(line, "search ") && g_ascii_isalnum(word[1]) &&
           strspn(word + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._") ==
               strlen(word + 1);
}

static char **names_lines(const char *root, const char *dev, int family)
{
    g_autofree char *path = client_names_path(root, dev, family), *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    return g_strsplit(text ? text : "", "\n", -1);
}

/* @word: with a blank */
static IfcfgIp line_ip(char *const *lines, const char *word, int family)
{
    IfcfgIp ip = {0};
    for (; *lines; lines++)
        if (g_str_has_prefix(*lines, word) && !ifcfg_ip_parse(*lines + strlen(word), family, &ip))
            ip = (IfcfgIp){0};
    return ip;
}

IfcfgIp client_names_read(const char *root, const char *dev, int family, NetNames *names)
{
    g_auto(GStrv) lines = names_lines(root, dev, family);
    for (char **line = lines; *line; line++) {
        if (g_str_has_suffix(*line, ".")) /* dhclient writes domains so */
            (*line)[strlen(*line) - 1] = '\0';
        if (line_is_fine(*line))
            net_names_add_line(names, *line);
    }
    return line_ip(lines, "address ", family);
}

IfcfgIp client_address_read(const char *root, const char *dev, int family)
{
    g_auto(GStrv) lines = names_lines(root, dev, family);
    return line_ip(lines, "address ", family);
}

IfcfgIp client_router_read(const char *root, const char *dev, int family)
{
    g_auto(GStrv) lines = names_lines(root, dev, family);
    return line_ip(lines, "router ", family);
}

/* --- processes --- */

GPid client_record_pid(const ClientRecord *self, const char *root)
{
    if (self->unit)
        return daemon_unit_pid(root, self->unit);
    guint64 start = pid_start_time(root, self->pid);
    return start && start == self->start ? self->pid : 0;
}

/* The kernel has 15 bytes of a name. */
static gboolean is_program(const char *root, GPid pid, NetClient client)
{
    g_autofree char *path = g_strdup_printf("%s/proc/%d/comm", root, pid), *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) &&
           g_str_equal(g_strchomp(text), net_client_name(client));
}

GPid client_pid_read(const char *root, const char *path, NetClient client)
{
    g_autofree char *text = NULL;
    guint64 number;
    if (!g_file_get_contents(path, &text, NULL, NULL) ||
        !g_ascii_string_to_unsigned(g_strstrip(text), 10, 1, G_MAXINT, &number, NULL))
        return 0;
    return is_program(root, (GPid)number, client) && pid_start_time(root, (GPid)number) ? (GPid)number : 0;
}
