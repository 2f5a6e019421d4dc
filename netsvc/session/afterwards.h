/* What /etc/sysconfig/network has a start wait for when all is up, and a stop ask before. */
#pragma once
#include "model/model.h"

typedef struct {
    char *host; /* WAIT_UNTIL_REACHABLE, or NULL */
    guint delay_s;
    gboolean has_delay;
    IfcfgWhere where; /* of what is waited for */
} Afterwards;

/** Reads it of the files of now. */
void afterwards_read(Afterwards *self, const NetModel *model);
void afterwards_clear(Afterwards *self);
/**
 * Waits for the host, or with NETWORKDELAY alone that long, and says so where it takes time.
 * @is_first: the network was not started before: a pause is for what has just come up
 */
void afterwards_wait(const Afterwards *self, gboolean is_first);

/** IFDOWN_ON_SHUTDOWN=no, and the machine is being shut down. */
gboolean shutdown_leaves_network(const NetModel *model);
