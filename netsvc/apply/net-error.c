/* The error domain of everything that touches the system. */
#include "apply/net-error.h"

G_DEFINE_QUARK(netsvc_error, net_error)

void net_error_tell(GError **told, const GError *error, const char *format, ...)
{
    if (g_error_matches(error, NET_ERROR, ECANCELED)) {
        g_propagate_error(told, g_error_copy(error));
        return;
    }
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error_literal(told, NET_ERROR, error->code, text);
}

void net_error_set(GError **error, int code, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error_literal(error, NET_ERROR, code, text);
}
