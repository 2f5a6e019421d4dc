/* The actions of routing rules, shared by reading and printing. Inside the library only. */
#pragma once
#include <glib.h>

/** The action of a word ("blackhole"), 0 if there is none; and the word of an action other than "look up a
 * table", or NULL. */
guint8 ifcfg_rule_action(const char *name);
const char *ifcfg_rule_action_name(guint8 action);
