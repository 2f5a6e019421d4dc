/* libsystemd, for the journal and for telling the service manager how far we are. */
#define SD_JOURNAL_SUPPRESS_LOCATION
#include "dl/dl.h"
#include <errno.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>

int sd_journal_sendv(const struct iovec *iov, int n)
{
    return DL_CALL(dl_systemd, -ENOSYS, sd_journal_sendv, iov, n);
}

int sd_notify(int unset_environment, const char *state)
{
    if (!g_getenv("NOTIFY_SOCKET"))
        return 0;
    return DL_CALL(dl_systemd, -ENOSYS, sd_notify, unset_environment, state);
}

int sd_notifyf(int unset_environment, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *state = g_strdup_vprintf(format, args);
    va_end(args);
    return sd_notify(unset_environment, state);
}
