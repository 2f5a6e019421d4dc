/* The kernel in memory with a name: what tests do to it by hand. What operations do is net_predict()'s. */
#pragma once
#include "model/model.h"
#include "plan/predict.h"

typedef struct {
    NetObserved *picture;
    IfcfgRtNames *names;
} Sim;

Sim *sim_new(void); /* with lo, down */
void sim_free(Sim *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sim, sim_free)

/** A kernel with the NICs that a model asks for, numbered in configuration order, so that their addresses in
 * a plan are always the same. */
Sim *sim_for_model(const NetModel *model);
/** A NIC, down, with the permanent address 52:54:00:00:00:INDEX. */
ObservedLink *sim_add_nic(Sim *self, const char *name);
ObservedLink *sim_add_device(Sim *self, const char *name, const char *kind);
ObservedLink *sim_link(const Sim *self, const char *name);
void sim_stack(Sim *self, const char *name, const char *kind, const char *lower);
/** As when the card is pulled out. */
void sim_remove_link(Sim *self, const char *name);
void sim_add_address(Sim *self, const char *dev, const char *prefix);
gboolean sim_has_address(const Sim *self, const char *dev, const char *prefix);
void sim_drop_addresses(Sim *self, const char *dev); /* NULL: of all */
void sim_drop_routes(Sim *self);
void sim_drop_rules(Sim *self);
/** As the driver would, with all side effects. Returns: what it refused and why, or NULL. */
char *sim_set_option(Sim *self, const char *bond, const char *name, const char *text);
char *sim_set_port_option(Sim *self, const char *port, const char *name, const char *text);
char *sim_enslave(Sim *self, const char *port, const char *bond);
void sim_release(Sim *self, const char *port);
void sim_set_up(Sim *self, const char *dev, gboolean up);
void sim_add_route(Sim *self, const char *dev, const char *text);

/** Carries out one operation. Returns: why the kernel refuses, or NULL. */
char *sim_apply(Sim *self, const NetOp *op);
NetObserved *sim_observe(const Sim *self);
