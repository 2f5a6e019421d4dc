/* One pair of configurations on the kernel in memory: see pair.h. */
#include "pair-check.h"
#include "random-foreign.h"
#include "world-picture.h"

static void rewind_world(Trial *self)
{
    net_observed_free(self->world->sim->picture);
    self->world->sim->picture = net_observed_copy(self->before);
    net_ledger_free(self->world->ledger);
    self->world->ledger = net_ledger_copy(self->ledger);
}

static NetObserved *start_fresh(const char *files, GString *refused)
{
    g_autoptr(World) world = world_new_with_rules(files);
    world->refused = refused;
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    return sim_observe(world->sim);
}

static void add_foreign(Trial *self)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(self->pair->seed);
    g_autoptr(GPtrArray) ops = random_foreign(rand, self->world->sim->picture, self->pool);
    for (guint i = 0; i < ops->len; i++) {
        if (self->pair->foreign_left_out & 1U << i)
            continue;
        g_autofree char *refused = sim_apply(self->world->sim, ops->pdata[i]);
        if (!refused)
            g_ptr_array_add(self->foreign, ops->pdata[i]);
    }
}

static void run_whole(Trial *self)
{
    self->plan = world_plan(self->world, NET_PLAN_RESTART, NULL);
    world_run(self->world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    self->after = sim_observe(self->world->sim);
    trial_check_end(self, "after one run");
    if (self->faults->len) {
        g_autofree char *text = net_plan_format(self->plan);
        trial_fault(self, "the plan was:\n%s", text);
        return;
    }
    rewind_world(self);
    self->world->look = trial_look;
    self->world->data = self;
    world_run(self->world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    self->world->look = NULL;
}

/* What the run after the killed one did. */
static void tell_second_run(Trial *self, guint k)
{
    rewind_world(self);
    world_run(self->world, NET_PLAN_RESTART, NULL, k);
    g_autofree char *work = world_work(self->world, NET_PLAN_RESTART, NULL);
    trial_fault(self, "that run did:\n%s", work);
    g_autofree char *text = net_plan_format(self->plan);
    trial_fault(self, "the plan of the killed one:\n%s", text);
}

static void run_killed(Trial *self)
{
    for (guint k = 1; !self->faults->len; k++, self->kills++) {
        g_autofree char *when = g_strdup_printf("killed after operation %u, and run again", k);
        rewind_world(self);
        if (world_run(self->world, NET_PLAN_RESTART, NULL, k) < k)
            return;
        world_run(self->world, NET_PLAN_RESTART, NULL, WORLD_ALL);
        trial_check_end(self, when);
        if (self->faults->len)
            tell_second_run(self, k);
    }
}

static void run_reload(Trial *self)
{
    if (self->faults->len)
        return;
    rewind_world(self);
    trial_reload(self);
}

/* Returns what is wrong, "" for nothing. */
char *pair_try(const Pair *pair, guint *ret_kills)
{
    g_autofree char *a = random_config_files(&pair->a, FALSE), *b = random_config_files(&pair->b, FALSE);
    g_autoptr(GPtrArray) foreign = g_ptr_array_new();
    Trial self = {.pair = pair, .pool = net_pool_new(), .foreign = foreign, .faults = g_string_new(NULL)};
    self.fresh = start_fresh(b, self.faults);
    self.world = world_new_with_rules(a);
    self.world->refused = self.faults;
    world_run(self.world, NET_PLAN_START, NULL, WORLD_ALL);
    add_foreign(&self);
    world_reload(self.world, b);
    self.before = net_observed_copy(self.world->sim->picture);
    self.ledger = net_ledger_copy(self.world->ledger);
    run_whole(&self);
    run_killed(&self);
    run_reload(&self);
    *ret_kills += self.kills;
    net_plan_free(self.plan);
    world_free(self.world);
    net_observed_free(self.fresh);
    net_observed_free(self.before);
    net_observed_free(self.after);
    net_ledger_free(self.ledger);
    net_pool_free(self.pool);
    return g_string_free(self.faults, FALSE);
}
