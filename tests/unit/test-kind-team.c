/* Teams as they are read: how one is recognised, and what of its JSON is wrong. */
#include "model-cases.h"

#define TEAM_PORT "@ifcfg-eth0\nTEAM_MASTER=team0\n"
#define NO_PORTS                                                                                             \
    "ifcfg-team0: warning: no file has TEAM_MASTER=team0: the team has no ports and carries no traffic\n"

static const ModelCase teams[] = {
    {"by its type", "@ifcfg-team0\nDEVICETYPE=Team\n" TEAM_PORT,
     "eth0 ethernet port-of:team0 noline\nteam0 team +eth0 zeroconf\n", NULL},
    {"by its configuration, called as a bond",
     "@ifcfg-bond0\nTEAM_CONFIG='{}'\n@ifcfg-eth0\nTEAM_MASTER=bond0\n",
     "bond0 team +eth0 zeroconf\neth0 ethernet port-of:bond0 noline\n", NULL},
    {"port by its type alone", "@ifcfg-eth0\nDEVICETYPE=TeamPort\n", "eth0 ethernet zeroconf\n", NULL},
    {"no ports", "@ifcfg-team0\nTYPE=Team\n", "team0 team zeroconf\n", NO_PORTS},
    {"no JSON", "@ifcfg-team0\nTEAM_CONFIG='{\"runner\": lacp}'\n" TEAM_PORT,
     "eth0 ethernet port-of:team0 noline\nteam0 team +eth0 zeroconf FAULT\n",
     "ifcfg-team0:1:24: error: TEAM_CONFIG is not JSON as teamd reads it: a value was expected: \"text\", a "
     "number, true, false, null, [...] or {...}\n"},
    {"no such runner", "@ifcfg-team0\nTEAM_CONFIG='{\"runner\": {\"name\": \"lcap\"}}'\n" TEAM_PORT,
     "eth0 ethernet port-of:team0 noline\nteam0 team +eth0 zeroconf FAULT\n",
     "ifcfg-team0:1:13: error: TEAM_CONFIG: there is no runner 'lcap'; teamd has broadcast, roundrobin, "
     "random, "
     "activebackup, loadbalance and lacp\n"},
    {"port's part is no JSON",
     "@ifcfg-team0\nTEAM_CONFIG='{}'\n" TEAM_PORT "TEAM_PORT_CONFIG='{\"prio\": 1'\n",
     "eth0 ethernet port-of:team0 noline FAULT\nteam0 team +eth0 zeroconf\n",
     "ifcfg-eth0:2:28: error: TEAM_PORT_CONFIG is not JSON as teamd reads it: a comma or } was expected\n"},
    {"a port that no file names", "@ifcfg-team0\nTEAM_CONFIG='{\"ports\": {\"eth7\": {}}}'\n" TEAM_PORT,
     "eth0 ethernet port-of:team0 noline\nteam0 team +eth0 zeroconf\n",
     "ifcfg-team0:1:13: warning: \"ports\" of TEAM_CONFIG names eth7, but no file makes it a port: write "
     "ifcfg-eth7 with TEAM_MASTER=team0\n"},
    {"port of no team", TEAM_PORT, "eth0 ethernet port-of:team0? FAULT\n",
     "ifcfg-eth0:1:13: error: TEAM_MASTER=team0: there is no configuration of team0; write ifcfg-team0, or "
     "correct the name\n"},
};

/* --- what teamd is told --- */

static const struct {
    const char *name, *team, *ports, *config;
} configs[] = {
    {"nothing", "", "", "{}"},
    {"a port's part", "TEAM_CONFIG='{\"runner\": {\"name\": \"lacp\"}}'\n",
     "TEAM_PORT_CONFIG='{\"prio\": 5}'\n",
     "{\"runner\": {\"name\": \"lacp\"}, \"ports\": {\"eth0\": {\"prio\": 5}}}"},
    {"the port's file first", "TEAM_CONFIG='{\"ports\": {\"eth0\": {\"prio\": 1}}, \"a\": 1}'\n",
     "TEAM_PORT_CONFIG='{\"prio\": 5}'\n", "{\"a\": 1, \"ports\": {\"eth0\": {\"prio\": 5}}}"},
    {"the team's file alone", "TEAM_CONFIG='{\"ports\": {\"eth0\": {\"prio\": 1}}}'\n", "",
     "{\"ports\": {\"eth0\": {\"prio\": 1}}}"},
};

static void test_config(gconstpointer data)
{
    const guint i = GPOINTER_TO_UINT(data);
    g_autofree char *root = case_root(), *files = NULL;
    files =
        g_strconcat("@ifcfg-team0\nDEVICETYPE=Team\n", configs[i].team, TEAM_PORT, configs[i].ports, NULL);
    case_write(root, files);
    g_autoptr(NetModel) model = tree_load(root, NULL, NULL);
    case_remove(root);
    g_assert_cmpstr(net_model_find(model, "team0")->teamd_config, ==, configs[i].config);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    model_cases_add("team", teams, G_N_ELEMENTS(teams));
    for (guint i = 0; i < G_N_ELEMENTS(configs); i++) {
        g_autofree char *path = g_strconcat("/config/", configs[i].name, NULL);
        g_test_add_data_func(path, GUINT_TO_POINTER(i), test_config);
    }
    return g_test_run();
}
