/* Keeping other people's secondary addresses alive while ours, the primary one of the same network, is
 * removed. */
#pragma once
#include "plan/op.h"

typedef struct NetPromotion NetPromotion;

/** Switches promote_secondaries on for the devices of the ADDR_DELETE operations that do not have it.
 * Returns: NULL when there are none. */
NetPromotion *net_promotion_begin(const NetOp *const *ops, guint n);
/** Puts the switches back. */
void net_promotion_end(NetPromotion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetPromotion, net_promotion_end)

/** Puts NET_OP_ADDR_DELETE operations into the order that costs the kernel least. @picture: what is there now
 */
void net_deletions_sort(GPtrArray *ops, const NetObserved *picture);
