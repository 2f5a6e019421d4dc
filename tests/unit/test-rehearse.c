/* What of a rehearsal needs no kernel: who is asked, what is not rehearsed, the partner for LACP, the answer
 * of the child, and operations that are not done. */
#include "apply/backend-apart.h"
#include "apply/kernel/far-end-lacp.h"
#include "session/rehearse-private.h"
#include "sim.h"
#include <string.h>

/* --- who is asked --- */

static const RehearsalTarget *find_target(const GPtrArray *targets, RehearsalKind kind, const char *name)
{
    for (guint i = 0; i < targets->len; i++) {
        const RehearsalTarget *target = targets->pdata[i];
        if (target->kind == kind && g_str_equal(target->name, name))
            return target;
    }
    return NULL;
}

static void test_targets(void)
{
    g_autoptr(Sim) sim = sim_new();
    g_autoptr(GArray) pings = NULL;
    sim_add_nic(sim, "eth0");
    sim_add_nic(sim, "eth1");
    sim_set_up(sim, "eth0", TRUE);
    sim_set_up(sim, "eth1", TRUE);
    sim_add_address(sim, "eth0", "10.0.0.1/24");
    sim_add_address(sim, "eth1", "10.1.0.2/24");
    sim_add_route(sim, "eth0", "default via 10.0.0.254");
    g_autoptr(Rehearsal) found =
        rehearsal_new(rehearse_targets(sim->picture, &pings), g_ptr_array_new_with_free_func(g_free));
    const GPtrArray *targets = found->targets;
    g_assert_cmpuint(targets->len, ==, pings->len);
    g_assert_nonnull(find_target(targets, REHEARSAL_GATEWAY, "10.0.0.254"));
    /* that of the gateway is asked already */
    g_assert_null(find_target(targets, REHEARSAL_NETWORK, "10.0.0.0/24 on eth0"));
    g_assert_nonnull(find_target(targets, REHEARSAL_NETWORK, "10.1.0.0/24 on eth1"));
}

static void test_stand_ins(void)
{
    g_autoptr(Sim) sim = sim_new();
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    sim_add_nic(sim, "eth0");
    sim_add_device(sim, "bond0", "bond");
    sim_add_device(sim, "wg0", "wireguard");
    sim_add_nic(sim, "ib0")->mac.length = 20;
    g_autoptr(GHashTable) names = rehearse_stand_ins(sim->picture, notes);
    g_assert_cmpuint(g_hash_table_size(names), ==, 2);
    g_assert_true(g_hash_table_contains(names, "eth0"));
    g_assert_true(g_hash_table_contains(names, "wg0"));
    g_assert_cmpuint(notes->len, ==, 1);
}

/* --- LACP --- */

static void test_lacp(void)
{
    static const guint8 system[6] = {2, 0, 0, 0, 0, 9};
    guint8 pdu[110] = {1, 1, 1, 20, 0xff, 0xff, 2, 1, 1, 1, 1, 1, 0, 9, 0, 0xff, 0, 1, 0x4f};
    guint8 actor[18];
    pdu[22] = 2;
    pdu[23] = 20;
    memcpy(actor, pdu + 4, sizeof actor);
    g_assert_true(far_end_lacp_answer(pdu, sizeof pdu, system, 7));
    g_assert_cmpmem(pdu + 6, 6, system, 6);
    g_assert_cmpuint(pdu[16] << 8 | pdu[17], ==, 7);
    g_assert_cmpuint(pdu[18], ==, 0x3f); /* all but defaulted and expired */
    g_assert_cmpmem(pdu + 24, sizeof actor, actor, sizeof actor);
    g_assert_false(far_end_lacp_answer(pdu, 40, system, 7));
    pdu[0] = 2; /* the marker protocol */
    g_assert_false(far_end_lacp_answer(pdu, sizeof pdu, system, 7));
}

/* --- the answer --- */

static void add_target(GPtrArray *targets, RehearsalKind kind, const char *name)
{
    RehearsalTarget *target = g_new0(RehearsalTarget, 1);
    target->kind = kind;
    target->name = g_strdup(name);
    g_ptr_array_add(targets, target);
}

static Rehearsal *rehearsal_empty(void)
{
    GPtrArray *targets = g_ptr_array_new();
    add_target(targets, REHEARSAL_GATEWAY, "10.0.0.254");
    add_target(targets, REHEARSAL_NETWORK, "10.1.0.0/24 on eth1");
    return rehearsal_new(targets, g_ptr_array_new_with_free_func(g_free));
}

static void fill(Rehearsal *self)
{
    RehearsalTarget *gateway = self->targets->pdata[0];
    RehearsalMessage message = {
        TRUE, g_strdup("ifcfg-eth0:2: eth0: no"), g_strdup("/etc/ifcfg-eth0"), g_strdup("eth0"), 2, 5};
    RehearsalPull pull = {g_strdup("bond0"), g_strdup("eth0"), 120, g_ptr_array_new()};
    gateway->was_reached = TRUE;
    gateway->gap_ms = 33;
    gateway->why = g_strdup("No route to host");
    gateway->before = g_strdup("eth0 vlan 20");
    g_ptr_array_add(self->messages, g_memdup2(&message, sizeof message));
    g_ptr_array_add(pull.lost, self->targets->pdata[1]);
    g_ptr_array_add(self->pulls, g_memdup2(&pull, sizeof pull));
    g_ptr_array_add(self->not_rehearsed, g_strdup("drivers"));
}

static void test_pack(void)
{
    g_autoptr(Rehearsal) here = rehearsal_empty();
    g_autoptr(Rehearsal) there = rehearsal_empty();
    fill(here);
    g_autoptr(GBytes) bytes = rehearse_pack(here);
    rehearse_unpack(there, bytes);
    const RehearsalTarget *target = there->targets->pdata[0];
    const RehearsalPull *pulled = there->pulls->pdata[0];
    g_assert_true(target->was_reached && !target->is_reached);
    g_assert_cmpuint(target->gap_ms, ==, 33);
    g_assert_cmpstr(target->why, ==, "No route to host");
    g_assert_cmpstr(target->before, ==, "eth0 vlan 20");
    g_assert_cmpuint(((const RehearsalMessage *)there->messages->pdata[0])->column, ==, 5);
    g_assert_true(pulled->lost->pdata[0] == there->targets->pdata[1]);
    g_assert_cmpstr(there->not_rehearsed->pdata[0], ==, "drivers");
    g_assert_true(rehearsal_is_bad(there));
}

/* A network that goes may have been meant to; a gateway that was not reached before is no loss. */
static void test_bad(void)
{
    g_autoptr(Rehearsal) found = rehearsal_empty();
    RehearsalTarget *gateway = found->targets->pdata[0], *network = found->targets->pdata[1];
    network->was_reached = TRUE;
    g_assert_false(rehearsal_is_bad(found));
    gateway->was_reached = TRUE;
    g_assert_true(rehearsal_is_bad(found));
    gateway->is_reached = TRUE;
    g_assert_false(rehearsal_is_bad(found));
    found->has_failed = TRUE;
    g_assert_true(rehearsal_is_bad(found));
}

/* --- operations that are not done --- */

static void count(G_GNUC_UNUSED const NetOp *op, NetResult *result, gpointer data)
{
    g_assert_no_error(result->error);
    ++*(guint *)data;
}

/* What is foreseen is kept. */
static void run(NetBackend *backend, NetPool *pool, NetOp op, guint *done)
{
    const NetOp *one = net_pool_keep(pool, g_memdup2(&op, sizeof op), g_free);
    backend->run(backend, &one, 1, count, done);
}

static void test_not_done(void)
{
    g_autoptr(Sim) sim = sim_new();
    g_autoptr(GString) log = g_string_new(NULL);
    g_autoptr(GHashTable) stand_ins = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(NetPool) pool = net_pool_new();
    NetRun hook = {0};
    guint done = 0;
    sim_add_nic(sim, "eth0");
    g_hash_table_add(stand_ins, (gpointer) "eth0");
    g_autoptr(NetBackend) backend =
        net_backend_apart_new(net_backend_record_new(log, NULL), sim->picture, stand_ins);
    run(backend, pool, (NetOp){.type = NET_OP_ZONE_DROP, .dev = "eth0"}, &done);
    run(backend, pool, (NetOp){.type = NET_OP_HOOK_RUN, .dev = "eth0", .hook.run = &hook}, &done);
    run(backend, pool, (NetOp){.type = NET_OP_MODULE_LOAD, .dev = "eth0", .module.name = "e1000"}, &done);
    g_assert_cmpuint(done, ==, 3);
    g_assert_cmpstr(log->str, ==, "");
    run(backend, pool, (NetOp){.type = NET_OP_LINK_UP, .dev = "eth0"}, &done);
    /* its address is known to be the card's */
    run(backend, pool,
        (NetOp){.type = NET_OP_LINK_WAIT,
                .dev = "eth0",
                .wait = {.timeout_ms = 60000, .mac = sim_link(sim, "eth0")->perm_mac}},
        &done);
    g_assert_cmpuint(done, ==, 5);
    g_assert_nonnull(strstr(log->str, "eth0: set up"));
    g_assert_null(strstr(log->str, "52:54"));
}

static void refuse(G_GNUC_UNUSED const NetOp *op, NetResult *result, gpointer data)
{
    char **message = data;
    *message = g_strdup(result->error->message);
}

static void test_refused(void)
{
    g_autoptr(Sim) sim = sim_new();
    g_autoptr(GString) log = g_string_new(NULL);
    g_autoptr(GHashTable) stand_ins = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree char *message = NULL;
    NetOp op = {.type = NET_OP_LINK_UP, .dev = "eth0"};
    const NetOp *one = &op;
    g_autoptr(NetBackend) backend =
        net_backend_apart_new(net_backend_record_new(log, "set up"), sim->picture, stand_ins);
    backend->run(backend, &one, 1, refuse, &message);
    g_autofree char *line = g_strdup_printf("ifcfg-eth0:1: eth0: %s", message);
    g_assert_true(net_backend_apart_refused(backend, line));
    g_assert_false(net_backend_apart_refused(backend, "ifcfg-eth0:1: eth0: it is not up"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rehearse/targets", test_targets);
    g_test_add_func("/rehearse/stand-ins", test_stand_ins);
    g_test_add_func("/rehearse/lacp", test_lacp);
    g_test_add_func("/rehearse/pack", test_pack);
    g_test_add_func("/rehearse/bad", test_bad);
    g_test_add_func("/rehearse/not-done", test_not_done);
    g_test_add_func("/rehearse/refused", test_refused);
    return g_test_run();
}
