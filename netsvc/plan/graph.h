/* Dependency order of interfaces, from what they need and not from their names. */
#pragma once
#include "model/model.h"

/** Calls @visit for everything that must be there before this interface can be done: its bond, its parent,
 * what its type names. */
void net_graph_needs(const NetIface *iface, void (*visit)(NetIface *needed, gpointer data), gpointer data);

/** A loop of interfaces that need each other: an input error of each of them, and of nobody else. */
typedef struct {
    GPtrArray *ifaces; /* NetIface* (not owned), each needs the next, the last one the first */
    char *text;        /* "a loop of interfaces that need each other: ..", with the places and what to do */
} NetLoop;

void net_loop_free(NetLoop *loop);
gboolean net_loops_have(const GPtrArray *loops, const NetIface *iface);
/** Where one of the loop asks for the next one. */
IfcfgWhere net_loop_place(const NetLoop *loop, const NetIface *iface);

/**
 * Orders all interfaces of the model so that each comes after what it needs, otherwise in configuration
 * order. In a loop one need is ignored.
 * @loops: gets the loops that there are (NetLoop*), or NULL
 * Returns: GPtrArray of NetIface* (not owned; free with g_ptr_array_unref)
 */
GPtrArray *net_graph_order(const NetModel *model, GPtrArray *loops);
