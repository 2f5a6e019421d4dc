/* The bonding driver of the kernel in memory. Private to sim.c. */
#pragma once
#include "sim.h"

void sim_bond_free_values(ObservedLink *link);
char *sim_bond_create(Sim *self, const NetOp *op);
char *sim_bond_set(Sim *self, const NetOp *op);
/** What netlink reports: a primary only while it is a port. */
char **sim_bond_shown_values(const Sim *self, const ObservedLink *link);
