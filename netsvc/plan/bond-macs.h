/* MACs of a bond's ports in the modes that balance. Private to the bond's prediction. */
#pragma once
#include "state/observed.h"

guint32 bond_predicted_mode(const ObservedLink *bond); /* bond-predict.c */

/** Each port keeps its own, but for the one by which the bond sends (bond_alb_init_slave()). */
gboolean bond_is_balanced(const ObservedLink *bond);
/** The first port of this MAC but for @but, which may be NULL; NULL: none. */
ObservedLink *bond_port_with_mac(const NetObserved *picture, const ObservedLink *bond, const IfcfgMac *mac,
                                 const ObservedLink *but);
/** Who sends has the bond's, and the one before has that of this one (alb_swap_mac_addr()). */
void bond_send_by(NetObserved *picture, const ObservedLink *bond, ObservedLink *port);
/** A port whose MAC another one has gets one that another came with, and has not now
 * (alb_handle_addr_collision_on_attach()). */
void bond_avoid_collision(NetObserved *picture, const ObservedLink *bond, ObservedLink *port);
