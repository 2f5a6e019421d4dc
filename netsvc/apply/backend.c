/* What both back ends share: results with notes, and freeing. */
#include "apply/backend.h"

static void net_note_free(NetNote *note)
{
    g_free(note->text);
    g_free(note);
}

void net_result_note(NetResult *result, gboolean warning, const IfcfgWhere *where, const char *format, ...)
{
    va_list args;
    NetNote *note = g_new0(NetNote, 1);

    va_start(args, format);
    note->text = g_strdup_vprintf(format, args);
    va_end(args);
    note->warning = warning;
    if (where)
        note->where = *where;
    if (!result->notes)
        result->notes = g_ptr_array_new_with_free_func((GDestroyNotify)net_note_free);
    g_ptr_array_add(result->notes, note);
}

void net_result_clear(NetResult *result)
{
    g_clear_error(&result->error);
    g_clear_pointer(&result->notes, g_ptr_array_unref);
}

void net_backend_free(NetBackend *self)
{
    if (self)
        self->free(self);
}
