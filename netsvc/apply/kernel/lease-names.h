/* Until the script of a DHCP client has said which names its lease has. */
#pragma once
#include <glib.h>

typedef struct LeaseNames LeaseNames;

LeaseNames *lease_names_new(void);
/** Not while anything is waited for. */
void lease_names_free(LeaseNames *self);

/** Waits for the script of a client of ours; whose script does not say it in time, or at all, is not waited
 * for. @done: called once, perhaps at once */
void lease_names_await(LeaseNames *self, const char *dev, int family, void (*done)(gpointer data),
                       gpointer data);
