/* Messages to stderr and the journal. The only file that knows of the journal. */
#define SD_JOURNAL_SUPPRESS_LOCATION
#include "console/log.h"
#include "console/cli.h"
#include "console/console.h"
#include <stdio.h>
#include <sys/stat.h>
#include <syslog.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#define JOURNAL_SOCKET "/run/systemd/journal/socket"

static gboolean journal_is_there(void)
{
    return access(JOURNAL_SOCKET, W_OK) == 0;
}

/* systemd tells by JOURNAL_STREAM=DEVICE:INODE that a stream of ours ends in the journal (systemd.exec(5)).
 */
gboolean log_stream_is_journal(int fd)
{
    const char *stream = g_getenv("JOURNAL_STREAM");
    struct stat st;
    if (!stream || fstat(fd, &st) != 0)
        return FALSE;
    g_autofree char *ours = g_strdup_printf("%ju:%ju", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino);
    return g_str_equal(stream, ours);
}

static void field_add(GPtrArray *fields, const char *name, const char *value)
{
    if (value && *value)
        g_ptr_array_add(fields, g_strconcat(name, "=", value, NULL));
}

static gboolean journal_send(LogEvent event, int priority, IfcfgWhere where, const char *dev,
                             const char *text)
{
    g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *level = g_strdup_printf("%d", priority);
    g_autofree char *line = where.line ? g_strdup_printf("%u", where.line) : NULL;
    field_add(fields, "MESSAGE", text);
    field_add(fields, "PRIORITY", level);
    field_add(fields, "SYSLOG_IDENTIFIER", "netsvc");
    field_add(fields, "CODE", log_event_code(event));
    field_add(fields, "MESSAGE_ID", log_event_id(event));
    field_add(fields, "INTERFACE", dev);
    field_add(fields, "CONFIG_FILE", where.file);
    field_add(fields, "CONFIG_LINE", line);
    g_autofree struct iovec *parts = g_new0(struct iovec, fields->len);
    for (guint i = 0; i < fields->len; i++) {
        parts[i].iov_base = fields->pdata[i];
        parts[i].iov_len = strlen(fields->pdata[i]);
    }
    return sd_journal_sendv(parts, (int)fields->len) == 0;
}

void log_journal(LogEvent event, int priority, IfcfgWhere where, const char *dev, const char *text)
{
    if (journal_is_there())
        journal_send(event, priority, where, dev, text);
}

void log_message(LogEvent event, int priority, IfcfgWhere where, const char *dev, const char *text)
{
    gboolean is_sent = journal_is_there() && journal_send(event, priority, where, dev, text);
    gboolean is_for_journal = !console_is_open() && log_stream_is_journal(STDERR_FILENO);
    if (!is_sent || (priority <= LOG_WARNING && !is_for_journal))
        console_complain(text);
}

void log_problem(const IfcfgProblem *problem)
{
    gboolean is_error = problem->severity == IFCFG_ERROR;
    IfcfgProblem shown = *problem;
    if (shown.where.file)
        shown.where.file = cli_basename(shown.where.file);
    g_autofree char *text = ifcfg_problem_format(&shown);
    log_message(is_error ? EVENT_CONFIG_ERROR : EVENT_CONFIG_WARNING, is_error ? LOG_ERR : LOG_WARNING,
                problem->where, NULL, text);
}
