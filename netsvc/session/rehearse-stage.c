/* The copy of the host, and waiting for what comes by itself there: see rehearse-stage.h. */
#include "session/rehearse-stage.h"
#include "apply/backend-apart.h"
#include "apply/kernel/apart.h"
#include "apply/picture-restore.h"
#include "i18n.h"
#include <net/if.h>

/* How long is waited for what is to come. */
enum { SETTLE_MS = 40000, HOPELESS_MS = 1500, TURN_MS = 20 };

/* It is a device of its own kind, whose other end is not here. */
static void make_stand_in(ObservedLink *link)
{
    g_clear_pointer(&link->kind, g_free);
    g_clear_pointer(&link->own, link_values_free);
    link->lower = link->peer = 0;
}

static NetObserved *wanted_picture(const RehearseWork *work)
{
    NetObserved *picture = net_observed_copy(work->request->observed);
    for (guint i = picture->links->len; i-- > 0;) {
        ObservedLink *link = picture->links->pdata[i];
        if (rehearse_is_left_out(link))
            observed_link_free(net_observed_steal_link(picture, link->name));
        else if (g_hash_table_contains(work->stand_ins, link->name))
            make_stand_in(link);
    }
    return picture;
}

/* What is down tells nothing of its cable. */
static gboolean is_plugged(const ObservedLink *link)
{
    return link->carrier || !(link->flags & IFF_UP);
}

static void stand_in_add(RehearseStage *self, const ObservedLink *link)
{
    const IfcfgMac *mac = link->perm_mac.length ? &link->perm_mac : &link->mac;
    int code = net_cables_add(self->cables, link->name, link->ifindex, mac, is_plugged(link));
    if (code)
        g_ptr_array_add(self->result->not_rehearsed,
                        g_strdup_printf(_("%s: no stand-in can be made: %s"), link->name, g_strerror(code)));
}

static void stand_ins_add(RehearseStage *self)
{
    const NetObserved *host = self->work->request->observed;
    for (guint i = 0; i < host->links->len; i++) {
        const ObservedLink *link = host->links->pdata[i];
        if (g_hash_table_contains(self->work->stand_ins, link->name))
            stand_in_add(self, link);
    }
}

/* What is there besides is the kernel's own. */
static gboolean nothing_goes(G_GNUC_UNUSED const NetOp *op, G_GNUC_UNUSED gpointer data)
{
    return FALSE;
}

/* Without one of them it would be another host: the kernel has no driver for it, perhaps. */
static gboolean has_all_links(const NetObserved *wanted, const NetObserved *picture,
                              const GPtrArray *messages, GError **error)
{
    for (guint i = 0; i < wanted->links->len; i++) {
        const char *name = ((const ObservedLink *)wanted->links->pdata[i])->name;
        if (net_observed_link(picture, name))
            continue;
        net_error_set(error, ENODEV, _("there can be no copy of %s%s%s"), name, messages->len ? ": " : "",
                      messages->len ? (const char *)messages->pdata[0] : "");
        return FALSE;
    }
    return TRUE;
}

static gboolean stage_restore(RehearseStage *self, GError **error)
{
    g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func(g_free);
    NetPictureScope scope = {.may_remove = nothing_goes, .keeps_numbers = TRUE};
    int left = net_picture_restore(self->kernel, self->wanted, &scope, messages, error);
    const NetObserved *picture = left < 0 ? NULL : self->kernel->look(self->kernel, NULL, 0, error);
    for (guint i = 0; picture && left > 0 && i < messages->len; i++)
        g_ptr_array_add(self->result->not_rehearsed,
                        g_strdup_printf(_("the present state could not be copied: %s"),
                                        (const char *)messages->pdata[i]));
    return picture && has_all_links(self->wanted, picture, messages, error);
}

gboolean rehearse_stage_build(RehearseStage *self, GError **error)
{
    self->wanted = wanted_picture(self->work);
    self->cables = net_cables_new(error);
    self->far_end = self->cables ? net_far_end_new(error) : NULL;
    if (!self->far_end || apart_next_network(error) < 0)
        return FALSE;
    stand_ins_add(self);
    rehearse_sysctls_write(self->work->sysctls, FALSE);
    self->kernel = net_backend_kernel_new(error);
    if (!self->kernel || !stage_restore(self, error))
        return FALSE;
    rehearse_sysctls_write(self->work->sysctls, TRUE);
    self->backend = net_backend_apart_new(self->kernel, self->work->request->observed, self->work->stand_ins);
    self->pinger = net_pinger_new(self->work->pings, error);
    return self->pinger != NULL;
}

void rehearse_stage_clear(RehearseStage *self)
{
    net_pinger_free(self->pinger);
    net_far_end_free(self->far_end);
    net_cables_free(self->cables);
    g_clear_pointer(&self->wanted, net_observed_free);
}

/* --- waiting --- */

static gint64 after_ms(guint ms)
{
    return g_get_monotonic_time() + (gint64)ms * 1000;
}

static gboolean has_time(gint64 end)
{
    return g_get_monotonic_time() < end;
}

/* As a port it does not do its work yet: LACP has not come to terms, spanning tree does not let it forward.
 */
gboolean rehearse_port_is_lacking(const ObservedLink *link)
{
    return link->master && link->carrier && !link->port_is_ready &&
           (link->port_is_silent || !g_strcmp0(link->port_kind, "bridge"));
}

/* Unless it does not on the host either. */
static gboolean port_is_settled(const ObservedLink *wanted, const ObservedLink *link)
{
    return !rehearse_port_is_lacking(link) || (wanted && rehearse_port_is_lacking(wanted));
}

/* @as_host: it has carrier where the host's has it */
static gboolean is_settled(const RehearseStage *self, const ObservedLink *link, gboolean as_host)
{
    const ObservedLink *wanted = net_observed_link(self->wanted, link->name);
    gboolean has_carrier = link->carrier || !wanted || !wanted->carrier || !as_host;
    return has_carrier && port_is_settled(wanted, link);
}

static gboolean are_all_settled(const RehearseStage *self, gconstpointer as_host)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const NetObserved *picture = self->kernel->look(self->kernel, NULL, 0, NULL);
    for (guint i = 0; picture && i < picture->links->len; i++) {
        const ObservedLink *link = picture->links->pdata[i];
        if (net_observed_ports_of(picture, link->ifindex))
            g_ptr_array_add(names, (gpointer)g_intern_string(link->name));
    }
    picture = self->kernel->look(self->kernel, (const char *const *)names->pdata, names->len, NULL);
    for (guint i = 0; picture && i < picture->links->len; i++)
        if (!is_settled(self, picture->links->pdata[i], GPOINTER_TO_INT(as_host)))
            return FALSE;
    return TRUE;
}

void rehearse_await(const RehearseStage *self, guint most_ms,
                    gboolean (*is_so)(const RehearseStage *self, gconstpointer data), gconstpointer data)
{
    gint64 end = after_ms(most_ms);
    while (has_time(end) && !is_so(self, data))
        self->kernel->sleep(self->kernel, TURN_MS);
}

void rehearse_settle(const RehearseStage *self, gboolean as_host)
{
    rehearse_await(self, SETTLE_MS, are_all_settled, GINT_TO_POINTER(as_host));
}

/* Those that could be reached before. */
static gboolean all_answer(const RehearseStage *self, gboolean is_hopeless)
{
    for (guint i = 0; i < self->result->targets->len; i++)
        if (((const RehearsalTarget *)self->result->targets->pdata[i])->was_reached &&
            !net_pinger_is_good(self->pinger, i, STAGE_WELL_MS) &&
            !(is_hopeless && net_pinger_error(self->pinger, i)))
            return FALSE;
    return TRUE;
}

/* What the kernel refuses to send is not waited for as long as what does not answer. */
void rehearse_await_answers(const RehearseStage *self, guint least_ms, guint most_ms)
{
    gint64 least = after_ms(least_ms), hopeless = after_ms(MAX(least_ms, HOPELESS_MS)),
           end = after_ms(most_ms);
    while (has_time(least) || (has_time(end) && !all_answer(self, !has_time(hopeless))))
        self->kernel->sleep(self->kernel, TURN_MS);
}
