/* A rehearsal from the outside: what is looked at before, the child, and what it found. */
#include "session/rehearse.h"
#include "apply/kernel/apart.h"
#include "i18n.h"
#include "session/rehearse-private.h"

static void target_free(RehearsalTarget *target)
{
    g_free(target->name);
    g_free(target->why);
    g_free(target->before);
    g_free(target->after);
    g_free(target);
}

static void message_free(RehearsalMessage *message)
{
    g_free(message->text);
    g_free(message->file);
    g_free(message->dev);
    g_free(message);
}

static void pull_free(RehearsalPull *pull)
{
    g_free(pull->master);
    g_free(pull->port);
    g_ptr_array_unref(pull->lost);
    g_free(pull);
}

Rehearsal *rehearsal_new(GPtrArray *targets, GPtrArray *notes)
{
    Rehearsal *self = g_new0(Rehearsal, 1);
    self->messages = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
    self->pulls = g_ptr_array_new_with_free_func((GDestroyNotify)pull_free);
    self->targets = targets;
    self->not_rehearsed = notes;
    g_ptr_array_set_free_func(targets, (GDestroyNotify)target_free);
    return self;
}

void rehearsal_free(Rehearsal *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->messages);
    g_ptr_array_unref(self->pulls);
    g_ptr_array_unref(self->targets);
    g_ptr_array_unref(self->not_rehearsed);
    g_free(self);
}

/* What the plan is about must be there. */
static gboolean is_possible(const RehearsalRequest *request, GError **error)
{
    for (guint i = 0; i < request->plan->ops->len; i++) {
        const NetOp *op = request->plan->ops->pdata[i];
        const ObservedLink *link = op->dev ? net_observed_link(request->observed, op->dev) : NULL;
        if (!link || !rehearse_is_left_out(link))
            continue;
        net_error_set(error, ENOTSUP, _("%s: there are no stand-ins for InfiniBand"), link->name);
        return FALSE;
    }
    return TRUE;
}

Rehearsal *net_rehearse(const RehearsalRequest *request, GError **error)
{
    GPtrArray *notes = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) pings = NULL;
    g_autoptr(Rehearsal) self = rehearsal_new(rehearse_targets(request->observed, &pings), notes);
    g_autoptr(GHashTable) sysctls = rehearse_sysctls_read(),
                          stand_ins = rehearse_stand_ins(request->observed, notes);
    RehearseWork work = {request, self->targets, pings, sysctls, stand_ins, notes};
    rehearse_note_plan(request->plan, request->observed, notes);
    g_autoptr(GBytes) answer = is_possible(request, error) ? apart_run(rehearse_child, &work, error) : NULL;
    if (!answer)
        return NULL;
    rehearse_unpack(self, answer);
    self->operations = request->plan->ops->len;
    self->nics = g_hash_table_size(stand_ins);
    return g_steal_pointer(&self);
}

gboolean rehearsal_target_is_lost(const RehearsalTarget *target)
{
    return target->kind != REHEARSAL_NETWORK && target->was_reached && !target->is_reached;
}

static gboolean is_lost(gconstpointer target, G_GNUC_UNUSED gconstpointer data)
{
    return rehearsal_target_is_lost(target);
}

gboolean rehearsal_is_bad(const Rehearsal *self)
{
    guint bad = self->has_failed + g_ptr_array_find_with_equal_func(self->targets, NULL, is_lost, NULL);
    for (guint i = 0; i < self->messages->len; i++)
        bad += ((const RehearsalMessage *)self->messages->pdata[i])->is_refusal;
    for (guint i = 0; i < self->pulls->len; i++)
        bad += ((const RehearsalPull *)self->pulls->pdata[i])->lost->len;
    return bad > 0;
}
