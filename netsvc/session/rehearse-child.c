/* A rehearsal from the inside: who answers before, the plan, who answers afterwards, and cables pulled. */
#include "apply/backend-apart.h"
#include "apply/executor.h"
#include "apply/kernel/sysfs.h"
#include "i18n.h"
#include "session/rehearse-stage.h"
#include <net/if.h>

/* How long is waited for what is to come. */
enum { ANSWERS_MS = 10000, PULL_MS = 4000, PLUG_MS = 8000, AGAIN_MS = 1500, NOTICE_MS = 300 };

static RehearsalTarget *target_at(const RehearseStage *self, guint i)
{
    return self->result->targets->pdata[i];
}

/* --- before --- */

static char *path_text(const RehearseStage *self, guint i)
{
    NetFarPath path = net_far_end_path(self->far_end, i);
    const ObservedLink *link = net_observed_link_by_index(self->wanted, path.ifindex - NET_CABLES_FAR);
    GString *text = g_string_new(link ? link->name : "");
    for (guint n = 0; n < FAR_END_TAGS && path.tags[n]; n++)
        g_string_append_printf(text, " vlan %u", path.tags[n]);
    return g_string_free(text, FALSE);
}

static void look_before(RehearseStage *self)
{
    rehearse_settle(self, TRUE);
    for (guint i = 0; i < self->result->targets->len; i++)
        target_at(self, i)->was_reached = TRUE;
    net_pinger_mark(self->pinger);
    rehearse_await_answers(self, PINGER_GRACE_MS + STAGE_WELL_MS, ANSWERS_MS / 2);
    for (guint i = 0; i < self->result->targets->len; i++) {
        RehearsalTarget *target = target_at(self, i);
        target->was_reached = net_pinger_is_good(self->pinger, i, STAGE_WELL_MS);
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
    RehearseStage *self = data;
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
    const RehearsalRequest *request = ((const RehearseStage *)data)->work->request;
    return request->names
               ? net_plan_build_named(request->verb, request->names, request->model, observed,
                                      request->ledger, NULL)
               : net_plan_build(request->verb, NULL, request->model, observed, request->ledger, NULL);
}

static void plan_run(RehearseStage *self)
{
    const NetReporter reporter = {.group_done = group_done, .repair = plan_again, .data = self};
    g_autoptr(NetLedger) ledger = net_ledger_copy(self->work->request->ledger);
    net_pinger_mark(self->pinger);
    net_executor_run(self->work->request->plan, self->backend, ledger, NULL, &reporter);
    rehearse_settle(self, FALSE);
    rehearse_await_answers(self, PINGER_GRACE_MS + STAGE_WELL_MS, ANSWERS_MS);
}

static void look_after(RehearseStage *self)
{
    for (guint i = 0; i < self->result->targets->len; i++) {
        RehearsalTarget *target = target_at(self, i);
        int code = net_pinger_error(self->pinger, i);
        target->gap_ms = target->was_reached ? net_pinger_gap_ms(self->pinger, i) : 0;
        target->is_reached = net_pinger_is_good(self->pinger, i, STAGE_WELL_MS);
        target->after = path_text(self, i);
        if (target->was_reached && !target->is_reached && code)
            target->why = g_strdup(code == EINVAL ? _("this host does not have that address any more")
                                                  : g_strerror(code));
    }
}

/* --- cables --- */

/* Whether the port does its work again. */
static gboolean port_is_back(const RehearseStage *self, gconstpointer data)
{
    const RehearsalPull *pulled = data;
    const char *const devs[] = {pulled->master, pulled->port};
    const NetObserved *picture = self->kernel->look(self->kernel, devs, G_N_ELEMENTS(devs), NULL);
    const ObservedLink *link = picture ? net_observed_link(picture, pulled->port) : NULL;
    return !link ||
           (link->carrier && !rehearse_port_is_lacking(link) && (!link->master || link->port_is_used));
}

static void pull(RehearseStage *self, const char *master, const char *port, int number)
{
    RehearsalPull *found = g_new0(RehearsalPull, 1);
    *found = (RehearsalPull){g_strdup(master), g_strdup(port), 0, g_ptr_array_new()};
    net_pinger_mark(self->pinger);
    net_cables_plug(self->cables, number, FALSE);
    rehearse_await_answers(self, NOTICE_MS, PULL_MS);
    for (guint i = 0; i < self->result->targets->len; i++) {
        if (!target_at(self, i)->was_reached)
            continue;
        if (net_pinger_is_good(self->pinger, i, STAGE_WELL_MS))
            found->gap_ms = MAX(found->gap_ms, net_pinger_gap_ms(self->pinger, i));
        else
            g_ptr_array_add(found->lost, target_at(self, i));
    }
    g_ptr_array_add(self->result->pulls, found);
    net_cables_plug(self->cables, number, TRUE);
    rehearse_await(self, PLUG_MS, port_is_back, found);
    rehearse_await_answers(self, 0, AGAIN_MS);
}

typedef struct {
    char *master, *port;
    int number;
} Cable;

static void cable_free(Cable *cable)
{
    g_free(cable->master);
    g_free(cable->port);
    g_free(cable);
}

static gboolean can_be_pulled(const RehearseStage *self, const ObservedLink *port)
{
    return port->carrier && g_hash_table_contains(self->work->stand_ins, port->name);
}

/* Of each device that has more than one; how long it waits before it takes one back is no matter here. */
static void cables_of(const RehearseStage *self, const NetObserved *picture, const ObservedLink *master,
                      GPtrArray *list)
{
    const GPtrArray *ports = net_observed_ports_of(picture, master->ifindex);
    const LinkFamily *family = link_family_find(master->kind);
    const LinkOption *delay = family ? link_table_find(&family->own, "updelay") : NULL;
    guint n = 0;
    for (guint i = 0; ports && i < ports->len; i++)
        n += can_be_pulled(self, ports->pdata[i]);
    for (guint i = 0; n > 1 && i < ports->len; i++) {
        const ObservedLink *port = ports->pdata[i];
        const ObservedLink *nic = net_observed_link(self->wanted, port->name);
        if (!can_be_pulled(self, port))
            continue;
        Cable cable = {g_strdup(master->name), g_strdup(port->name), nic->ifindex};
        g_ptr_array_add(list, g_memdup2(&cable, sizeof cable));
    }
    if (n > 1 && delay) {
        g_autofree char *path = g_strdup_printf("%s/%s", master->name, delay->sysfs);
        sysfs_write(path, "0");
    }
}

static void pull_cables(RehearseStage *self)
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
        pull(self, cable->master, cable->port, cable->number);
    }
}

static GBytes *stage_run(RehearseStage *self, GError **error)
{
    if (!rehearse_stage_build(self, error))
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
    RehearseStage self = {.work = work, .result = &result};
    GBytes *answer = stage_run(&self, error);
    rehearse_stage_clear(&self); /* what is left ends with the child */
    return answer;
}
