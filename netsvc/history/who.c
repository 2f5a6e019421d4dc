/* Who runs this process: SUDO_USER, else the login's user (/proc/self/loginuid, pam_loginuid(8)). No name
 * service is asked: it may be the one that the network is needed for. */
#include "history/who.h"
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char *name_of(guint uid)
{
    FILE *file = fopen("/etc/passwd", "re");
    char *name = NULL;
    for (struct passwd *entry; file && !name && (entry = fgetpwent(file));)
        if (entry->pw_uid == uid)
            name = g_strdup(entry->pw_name);
    if (file)
        fclose(file);
    return name ? name : g_strdup_printf("uid %u", uid);
}

char *who_is_user(void)
{
    const char *sudo = g_getenv("SUDO_USER");
    g_autofree char *text = NULL;
    guint64 uid = geteuid();
    if (sudo && *sudo)
        return g_strdup(sudo);
    if (g_file_get_contents("/proc/self/loginuid", &text, NULL, NULL))
        g_ascii_string_to_unsigned(g_strchomp(text), 10, 0, G_MAXUINT32 - 1, &uid, NULL);
    return name_of((guint)uid);
}

char *who_is_command(void)
{
    g_autofree char *text = NULL;
    gsize length;
    if (!g_file_get_contents("/proc/self/cmdline", &text, &length, NULL) || !length)
        return g_strdup(g_get_prgname());
    g_autoptr(GString) line = g_string_new(NULL);
    for (gsize at = 0; at < length; at += strlen(text + at) + 1) {
        g_autofree char *base = at ? NULL : g_path_get_basename(text);
        g_string_append_printf(line, "%s%s", at ? " " : "", at ? text + at : base);
    }
    return g_string_free(g_steal_pointer(&line), FALSE);
}
