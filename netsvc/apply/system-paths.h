/* What apply/system.h offers at its fixed places, at any place: for tests. */
#pragma once
#include "apply/system.h"

NetLedger *ledger_load_file(const char *path, GError **error);
NetLedger *ledger_repair_file(const char *path, char **ret_text, GError **error);
gboolean ledger_save_file(const NetLedger *ledger, const char *path, GError **error);
int lock_take_file(const char *path, void (*waiting)(const char *holder, gpointer data), gpointer data,
                   GError **error);
