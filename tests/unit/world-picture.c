/* A kernel that has been configured, and that others have worked on too. */
#include "world-picture.h"
#include "random-foreign.h"

World *world_new_with_rules(const char *files)
{
    World *self = world_new(files);
    g_autoptr(NetObserved) assumed = net_observed_assume(self->model);
    for (guint i = 0; i < assumed->rules->len; i++)
        net_observed_add_rule(self->sim->picture, ifcfg_rule_copy(assumed->rules->pdata[i]));
    return self;
}

NetObserved *world_picture(const RandomConfig *config, guint32 seed)
{
    g_autofree char *files = random_config_files(config, FALSE);
    g_autoptr(GString) refused = g_string_new(NULL);
    g_autoptr(World) world = world_new_with_rules(files);
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    g_autoptr(NetPool) pool = net_pool_new();
    world->refused = refused;
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    g_autoptr(GPtrArray) ops = random_foreign(rand, world->sim->picture, pool);
    for (guint i = 0; i < ops->len; i++)
        g_free(sim_apply(world->sim, ops->pdata[i]));
    return sim_observe(world->sim);
}
