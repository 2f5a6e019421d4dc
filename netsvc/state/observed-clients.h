/* DHCP clients in the picture, and which address is one of theirs. */
#pragma once
#include "state/observed.h"

void observed_client_free(ObservedClient *self);
/** The client that runs for a device, or NULL. */
const ObservedClient *net_observed_client(const NetObserved *self, const char *dev, int family);
/** In the place of the one that is there. @settings: net_lease_settings(); NULL: somebody else started it */
ObservedClient *net_observed_add_client(NetObserved *self, const char *dev, int family, NetClient client,
                                        const char *settings);
void net_observed_remove_client(NetObserved *self, const char *dev, int family);
/** Of both families. */
void net_observed_remove_clients_of(NetObserved *self, const char *dev);

/** It is the lease of a client: such a one, or one that is for ever, which the client told of. */
gboolean net_observed_address_is_of(const ObservedAddress *address, const ObservedClient *client);
/** A client has put it there: it ends with its lease. */
gboolean net_observed_address_is_leased(const ObservedAddress *address);
/**
 * The address that an interface, for which a client runs, has from it, or NULL: such a one, or one that no
 * file asks for.
 * @others: "10.0.0.2/24 10.0.0.3/24": of no client, though no file asks for them any more; or NULL
 */
const ObservedAddress *net_observed_lease_address(const NetObserved *self, const NetIface *iface, int family,
                                                  const char *others);
