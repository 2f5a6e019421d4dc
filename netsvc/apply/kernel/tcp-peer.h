/* What the kernel knows of TCP connections from one host: whether what we sent has come there. */
#pragma once
#include "ifcfg-ip.h"

/** One connection, by SSH_CONNECTION's four words. */
typedef struct {
    IfcfgIp peer, own;
    guint16 peer_port, own_port;
} TcpPeer;

/** An established connection of that peer to our port. */
typedef struct {
    guint16 peer_port;
    guint64 acked; /* bytes that the other end has acknowledged */
} TcpConnection;

/** "10.0.0.9 52114 10.0.0.1 22". FALSE: it is no such text. */
gboolean tcp_peer_parse(const char *text, TcpPeer *ret);
/** All established connections of the peer to our port: GArray of TcpConnection. Empty where the kernel does
 * not tell. */
GArray *tcp_peer_connections(const TcpPeer *peer);
