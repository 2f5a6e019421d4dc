/* Asks the gateways of the kernel's routes whether they are there, all at once: ARP, and neighbour
 * solicitation for IPv6. */
#pragma once
#include <glib.h>

typedef struct Gateways Gateways;

/** @all: char*, "10.0.0.1 on bond0"; @answered: those of them that have. Both are gone afterwards. */
typedef void (*GatewaysDone)(const GPtrArray *all, const GPtrArray *answered, gpointer data);

/** Begins; @done is called once, from the default main context, within a second. */
Gateways *gateways_ask(GatewaysDone done, gpointer data);
/** @done will not be called. */
void gateways_cancel(Gateways *self);
