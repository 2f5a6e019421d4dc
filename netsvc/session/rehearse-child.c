/* A rehearsal from the inside: the stand-ins, the kernel brought to what it is on the host, the plan, and
 * cables pulled. */
#include "apply/backend-apart.h"
#include "apply/executor.h"
#include "apply/kernel/apart.h"
#include "apply/kernel/cables.h"
#include "apply/kernel/far-end.h"
#include "apply/kernel/sysfs.h"
#include "apply/picture-restore.h"
#include "i18n.h"
#include "session/rehearse-private.h"
#include <net/if.h>

/* How long is waited for what is to come; and for how long all must have answered to be taken for well. */
enum { SETTLE_MS = 40000, ANSWERS_MS = 10000, HOPELESS_MS = 1500, PULL_MS = 4000, PLUG_MS = 8000 };
enum { WELL_MS = 100, TURN_MS = 20, NOTICE_MS = 300 };

typedef struct {
    const RehearseWork *work;
    Rehearsal *result; /* its targets are the work's */
    NetCables *cables;
    NetFarEnd *far_end;
    NetPinger *pinger;
    NetBackend *kernel;  /* of the namespace */
    NetBackend *backend; /* the same, for the plan */
    NetObserved *wanted; /* the host's picture, as stand-ins can have it */
} Stage;

static RehearsalTarget *target_at(const Stage *self, guint i)
{
    return self->result->targets->pdata[i];
}

/* --- the stage --- */

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

static void stand_in_add(Stage *self, const ObservedLink *link)
{
    const IfcfgMac *mac = link->perm_mac.length ? &link->perm_mac : &link->mac;
    int code = net_cables_add(self->cables, link->name, link->ifindex, mac, is_plugged(link));
    if (code)
        g_ptr_array_add(self->result->not_rehearsed,
                        g_strdup_printf(_("%s: no stand-in can be made: %s"), link->name, g_strerror(code)));
}

static void stand_ins_add(Stage *self)
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

static gboolean stage_restore(Stage *self, GError **error)
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

static gboolean stage_build(Stage *self, GError **error)
{
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
static gboolean port_is_lacking(const ObservedLink *link)
{
    return link->master && link->carrier && !link->port_is_ready &&
           (link->port_is_silent || !g_strcmp0(link->port_kind, "bridge"));
}

/* Unless it does not on the host either. */
static gboolean port_is_settled(const ObservedLink *wanted, const ObservedLink *link)
{
    return !port_is_lacking(link) || (wanted && port_is_lacking(wanted));
}

/* @as_host: it has carrier where the host's has it */
static gboolean is_settled(const Stage *self, const ObservedLink *link, gboolean as_host)
{
    const ObservedLink *wanted = net_observed_link(self->wanted, link->name);
    gboolean has_carrier = link->carrier || !wanted || !wanted->carrier || !as_host;
    return has_carrier && port_is_settled(wanted, link);
}

static gboolean are_all_settled(const Stage *self, gboolean as_host)
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
        if (!is_settled(self, picture->links->pdata[i], as_host))
            return FALSE;
    return TRUE;
}

static void settle(const Stage *self, gboolean as_host)
{
    gint64 end = after_ms(SETTLE_MS);
    while (has_time(end) && !are_all_settled(self, as_host))
        self->kernel->sleep(self->kernel, TURN_MS);
}

/* Those that could be reached before. */
static gboolean all_answer(const Stage *self, gboolean is_hopeless)
{
    for (guint i = 0; i < self->result->targets->len; i++)
        if (target_at(self, i)->was_reached && !net_pinger_is_good(self->pinger, i, WELL_MS) &&
            !(is_hopeless && net_pinger_error(self->pinger, i)))
            return FALSE;
    return TRUE;
}

/* What the kernel refuses to send is not waited for as long as what does not answer. */
static void await_answers(const Stage *self, guint least_ms, guint most_ms)
{
    gint64 least = after_ms(least_ms), hopeless = after_ms(MAX(least_ms, HOPELESS_MS)),
           end = after_ms(most_ms);
    while (has_time(least) || (has_time(end) && !all_answer(self, !has_time(hopeless))))
        self->kernel->sleep(self->kernel, TURN_MS);
}

/* --- before --- */

static char *path_text(const Stage *self, guint i)
{
    NetFarPath path = net_far_end_path(self->far_end, i);
    const ObservedLink *link = net_observed_link_by_index(self->wanted, path.ifindex - NET_CABLES_FAR);
    GString *text = g_string_new(link ? link->name : "");
    for (guint n = 0; n < FAR_END_TAGS && path.tags[n]; n++)
        g_string_append_printf(text, " vlan %u", path.tags[n]);
    return g_string_free(text, FALSE);
}

static void look_before(Stage *self)
{
    settle(self, TRUE);
    for (guint i = 0; i < self->result->targets->len; i++)
        target_at(self, i)->was_reached = TRUE;
    net_pinger_mark(self->pinger);
    await_answers(self, PINGER_GRACE_MS + WELL_MS, ANSWERS_MS / 2);
    for (guint i = 0; i < self->result->targets->len; i++) {
        RehearsalTarget *target = target_at(self, i);
        target->was_reached = net_pinger_is_good(self->pinger, i, WELL_MS);
        target->before = path_text(self, i);
    }
}

/* --- the plan --- */

static void message_add(Rehearsal *result, gboolean is_refusal, IfcfgWhere where, const char *dev,
                        const char *text)
{
    RehearsalMessage *message = g_new0(RehearsalMessage, 1);
    *message = (RehearsalMessage){
        is_refusal, g_strdup(text), g_strdup(where.file ? where.file : ""), g_strdup(dev ? dev : ""),
        where.line, where.column};
    g_ptr_array_add(result->messages, message);
}

static void group_done(G_GNUC_UNUSED guint group, NetOutcome outcome, const GPtrArray *messages,
                       gpointer data)
{
    Stage *self = data;
    gboolean has_failed = outcome == NET_DONE_FAILED || outcome == NET_DONE_SKIPPED;
    self->result->has_failed |= has_failed;
    for (guint i = 0; (has_failed || outcome == NET_DONE_WARNING) && i < messages->len; i++) {
        const NetMessage *message = messages->pdata[i];
        message_add(self->result,
                    message->error || net_backend_apart_refused(self->backend, message->message),
                    message->where, message->dev, message->message);
    }
}

static NetPlan *plan_again(G_GNUC_UNUSED const GPtrArray *groups, const NetObserved *observed, gpointer data)
{
    const RehearsalRequest *request = ((const Stage *)data)->work->request;
    return request->names
               ? net_plan_build_named(request->verb, request->names, request->model, observed,
                                      request->ledger, NULL)
               : net_plan_build(request->verb, NULL, request->model, observed, request->ledger, NULL);
}

static void plan_run(Stage *self)
{
    const NetReporter reporter = {.group_done = group_done, .repair = plan_again, .data = self};
    g_autoptr(NetLedger) ledger = net_ledger_copy(self->work->request->ledger);
    net_pinger_mark(self->pinger);
    net_executor_run(self->work->request->plan, self->backend, ledger, NULL, &reporter);
    settle(self, FALSE);
    await_answers(self, PINGER_GRACE_MS + WELL_MS, ANSWERS_MS);
}

static void look_after(Stage *self)
{
    for (guint i = 0; i < self->result->targets->len; i++) {
        RehearsalTarget *target = target_at(self, i);
        int code = net_pinger_error(self->pinger, i);
        target->gap_ms = target->was_reached ? net_pinger_gap_ms(self->pinger, i) : 0;
        target->is_reached = net_pinger_is_good(self->pinger, i, WELL_MS);
        target->after = path_text(self, i);
        if (target->was_reached && !target->is_reached && code)
            target->why = g_strdup(code == EINVAL ? _("this host does not have that address any more")
                                                  : g_strerror(code));
    }
}

/* --- cables --- */

/* Whether the port does its work again. */
static gboolean port_is_back(const Stage *self, const char *bond, const char *port)
{
    g_autofree char *path = g_strdup_printf("%s/bonding_slave/mii_status", port), *status = sysfs_read(path);
    const NetObserved *picture = self->kernel->look(self->kernel, &bond, 1, NULL);
    const ObservedLink *link = picture ? net_observed_link(picture, port) : NULL;
    return !link || (link->carrier && !port_is_lacking(link) && (!status || g_str_equal(status, "up")));
}

static void pull(Stage *self, const char *bond, const char *port, int number)
{
    RehearsalPull *found = g_new0(RehearsalPull, 1);
    gint64 end;
    *found = (RehearsalPull){g_strdup(bond), g_strdup(port), 0, g_ptr_array_new()};
    net_pinger_mark(self->pinger);
    net_cables_plug(self->cables, number, FALSE);
    await_answers(self, NOTICE_MS, PULL_MS);
    for (guint i = 0; i < self->result->targets->len; i++) {
        if (!target_at(self, i)->was_reached)
            continue;
        if (net_pinger_is_good(self->pinger, i, WELL_MS))
            found->gap_ms = MAX(found->gap_ms, net_pinger_gap_ms(self->pinger, i));
        else
            g_ptr_array_add(found->lost, target_at(self, i));
    }
    g_ptr_array_add(self->result->pulls, found);
    net_cables_plug(self->cables, number, TRUE);
    end = after_ms(PLUG_MS);
    while (has_time(end) && !port_is_back(self, bond, port))
        self->kernel->sleep(self->kernel, TURN_MS);
    await_answers(self, 0, HOPELESS_MS);
}

typedef struct {
    char *bond, *port;
    int number;
} Cable;

static void cable_free(Cable *cable)
{
    g_free(cable->bond);
    g_free(cable->port);
    g_free(cable);
}

static gboolean can_be_pulled(const Stage *self, const ObservedLink *port)
{
    return port->carrier && g_hash_table_contains(self->work->stand_ins, port->name);
}

/* Of each device that has more than one; how long it waits before it takes one back is no matter here. */
static void cables_of(const Stage *self, const NetObserved *picture, const ObservedLink *bond,
                      GPtrArray *list)
{
    const GPtrArray *ports = net_observed_ports_of(picture, bond->ifindex);
    g_autofree char *updelay = g_strdup_printf("%s/bonding/updelay", bond->name);
    guint n = 0;
    for (guint i = 0; ports && i < ports->len; i++)
        n += can_be_pulled(self, ports->pdata[i]);
    for (guint i = 0; n > 1 && i < ports->len; i++) {
        const ObservedLink *port = ports->pdata[i];
        const ObservedLink *nic = net_observed_link(self->wanted, port->name);
        if (!can_be_pulled(self, port))
            continue;
        Cable cable = {g_strdup(bond->name), g_strdup(port->name), nic->ifindex};
        g_ptr_array_add(list, g_memdup2(&cable, sizeof cable));
    }
    if (n > 1)
        sysfs_write(updelay, "0");
}

static void pull_cables(Stage *self)
{
    g_autoptr(NetObserved) picture = self->kernel->observe(self->kernel, NULL);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)cable_free);
    for (guint i = 0; picture && i < picture->links->len; i++) {
        const ObservedLink *link = picture->links->pdata[i];
        if (link->flags & IFF_MASTER && link->flags & IFF_UP)
            cables_of(self, picture, link, list);
    }
    /* What is lost already says nothing of a cable. */
    for (guint i = 0; i < self->result->targets->len; i++)
        target_at(self, i)->was_reached &= target_at(self, i)->is_reached;
    for (guint i = 0; i < list->len; i++) {
        const Cable *cable = list->pdata[i];
        pull(self, cable->bond, cable->port, cable->number);
    }
}

static GBytes *stage_run(Stage *self, GError **error)
{
    if (!stage_build(self, error))
        return NULL;
    look_before(self);
    plan_run(self);
    look_after(self);
    g_autofree gboolean *before = g_new(gboolean, self->result->targets->len + 1);
    for (guint i = 0; i < self->result->targets->len; i++)
        before[i] = target_at(self, i)->was_reached;
    pull_cables(self);
    for (guint i = 0; i < self->result->targets->len; i++)
        target_at(self, i)->was_reached = before[i];
    return rehearse_pack(self->result);
}

GBytes *rehearse_child(gpointer request, GError **error)
{
    const RehearseWork *work = request;
    Rehearsal result = {.messages = g_ptr_array_new(),
                        .targets = work->targets,
                        .pulls = g_ptr_array_new(),
                        .not_rehearsed = work->notes};
    g_autoptr(NetObserved) wanted = wanted_picture(work);
    Stage self = {.work = work, .result = &result, .wanted = wanted};
    GBytes *answer = stage_run(&self, error);
    net_pinger_free(self.pinger);
    net_far_end_free(self.far_end);
    net_cables_free(self.cables);
    /* What is left ends with the child. */
    return answer;
}
