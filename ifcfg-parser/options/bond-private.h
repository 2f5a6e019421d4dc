/* What bond-settings.c lets bond-check.c do to a list of settings; nobody else includes this. */
#pragma once
#include "bond-options.h"

/** The setting for changing; its place in the order stays. */
BondSetting *bond_settings_get(BondSettings *self, const char *name);
/** Takes a setting out; @setting is freed. */
void bond_settings_remove(BondSettings *self, const BondSetting *setting);
/** Remembers what is asked for in vain. */
void bond_settings_leave_out(BondSettings *self, const BondOption *option, const char *name, const char *text,
                             IfcfgWhere where);
/** Replaces a setting's value by another legal one. */
void bond_setting_change(BondSetting *setting, const char *text);
