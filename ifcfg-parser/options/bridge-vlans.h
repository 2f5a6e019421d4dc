/* The VLANs of a port of a bridge that filters them, and of the bridge itself, as NetworkManager's files name
 * them: "1 pvid untagged, 20, 300-400 untagged". */
#pragma once
#include <glib.h>

enum { BRIDGE_VLAN_FIRST = 1, BRIDGE_VLAN_LAST = 4094, BRIDGE_VLANS = 4096 };

typedef enum {
    BRIDGE_VLAN_IN = 1 << 0,       /* frames of it pass */
    BRIDGE_VLAN_UNTAGGED = 1 << 1, /* and leave without their tag */
    BRIDGE_VLAN_PVID = 1 << 2,     /* what comes without a tag is of it: one at most */
} BridgeVlanFlags;

typedef struct {
    guint8 flags[BRIDGE_VLANS]; /* by id */
} BridgeVlans;

/**
 * Reads a list; blanks around its parts are none of them.
 * @text: NULL is an empty list
 * @ret_bad: gets the part that cannot be understood, to be freed; may be NULL
 * Returns: to be freed with g_free(); NULL: @ret_bad
 */
BridgeVlans *bridge_vlans_parse(const char *text, char **ret_bad);
/**
 * The next run of ids of which the same is said.
 * @last: where the one before has ended, 0 at first; gets the end of this one
 * Returns: FALSE: there is none
 */
gboolean bridge_vlans_next(const BridgeVlans *self, guint *first, guint *last);
/** The shortest list that says the same, to be freed; "" for none. */
char *bridge_vlans_format(const BridgeVlans *self);
/** The id of that for frames without a tag; 0: none. */
guint16 bridge_vlans_pvid(const BridgeVlans *self);
/** Enters one; a PVID takes that from the one before. */
void bridge_vlans_set(BridgeVlans *self, guint16 id, guint8 flags);
gboolean bridge_vlans_is_empty(const BridgeVlans *self);

/* Between lists that can be understood; results are lists, to be freed; NULL is an empty one. */

/** Of what is wanted, that which is not there, or is there and not as wanted. */
char *bridge_vlans_lacking(const char *wanted, const char *actual);
/** Of what is ours, the ids of that which is there and not wanted any more. */
char *bridge_vlans_left_over(const char *ours, const char *wanted, const char *actual);
/** Of a list, what another one says nothing of. */
char *bridge_vlans_without(const char *list, const char *other);
/** With the bridge's default_pvid (0: none), which every port has beside its own: the PVID, unless another
 * one is. */
char *bridge_vlans_with_default(const char *list, guint16 pvid);
/** All of both; where both say something of one, the first list counts. */
char *bridge_vlans_joined(const char *list, const char *other);
