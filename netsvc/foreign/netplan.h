/* netplan's two halves: devices, and what they have of addresses, routes and rules. */
#pragma once
#include "foreign/foreign.h"

typedef struct {
    NetForeign *foreign;
    GHashTable *names; /* of a definition's word: the device's name, "" for one that is left out */
    NetIface *iface;   /* that is read */
} NetplanReader;

/** "KEY: WORD is not carried over". */
void netplan_miss(const NetplanReader *self, const ForeignNode *node);
/** Takes an entry of a device's definition, if it is about addresses, routes, rules, names or DHCP. */
gboolean netplan_layer3_take(NetplanReader *self, const ForeignNode *node);
