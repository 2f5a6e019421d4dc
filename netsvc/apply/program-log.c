/* What programs of others say goes to the journal. */
#define SD_JOURNAL_SUPPRESS_LOCATION
#include "apply/program-log.h"
#include <string.h>
#include <syslog.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#define JOURNAL_SOCKET "/run/systemd/journal/socket"

static void line_send(const char *name, const char *dev, const char *line)
{
    g_auto(GStrv) fields = g_new0(char *, 5);
    struct iovec parts[4];
    int n = 0;
    fields[n++] = g_strconcat("MESSAGE=", line, NULL);
    fields[n++] = g_strdup_printf("PRIORITY=%d", LOG_INFO);
    fields[n++] = g_strconcat("SYSLOG_IDENTIFIER=", name, NULL);
    if (dev)
        fields[n++] = g_strconcat("INTERFACE=", dev, NULL);
    for (int i = 0; i < n; i++)
        parts[i] = (struct iovec){fields[i], strlen(fields[i])};
    sd_journal_sendv(parts, n);
}

void net_program_log(const char *program, const char *dev, const char *output)
{
    g_autofree char *name = g_path_get_basename(program);
    g_auto(GStrv) lines = g_strsplit(output, "\n", -1);
    gboolean has_journal = access(JOURNAL_SOCKET, W_OK) == 0;
    for (char **line = lines; *line; line++) {
        if (!**line)
            continue;
        if (has_journal)
            line_send(name, dev, *line);
        else
            syslog(LOG_DAEMON | LOG_INFO, "%s: %s", name, *line);
    }
}
