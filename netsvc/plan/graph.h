/* Dependency order of interfaces, from what they need and not from their names. */
#pragma once
#include "model/model.h"

/** Calls @visit for everything that must be there before this interface can be done: its bond, its parent,
 * what its type names. */
void net_graph_needs(const NetIface *iface, void (*visit)(NetIface *needed, gpointer data), gpointer data);

/**
 * Orders all interfaces of the model so that each comes after what it needs, otherwise in configuration
 * order. Returns: GPtrArray of NetIface* (not owned; free with g_ptr_array_unref), or NULL with @error, whose
 * message prints the loop.
 */
GPtrArray *net_graph_order(const NetModel *model, GError **error);
