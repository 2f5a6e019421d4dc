/* Other programs that manage network devices on this machine. What we set up they may take away, at once or
 * at their next start. */
#pragma once
#include "model/model.h"
#include "plan/plan.h"

/**
 * Who manages this device now besides us: NetworkManager, systemd-networkd, ifupdown or dhcpcd; by what they
 * leave in /run.
 * @root: of /run and /sys, for tests; NULL for "/"
 * Returns: a static name, or NULL
 */
const char *rival_of(const char *root, const char *device, int ifindex);
/** Units of others (char*, static) that start at boot and have something to manage. */
GPtrArray *rivals_enabled(const char *root);

/** Puts a note about each rival below the line of the interface that it concerns. */
void rivals_note(NetPlan *plan, const NetModel *model, const NetObserved *observed);
/** Adds a warning for each device that has a rival: for `check`. */
void rivals_check(const NetModel *model, const NetObserved *observed, IfcfgProblems *problems);
