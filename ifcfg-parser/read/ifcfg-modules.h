/* /etc/modules.conf, /etc/modprobe.conf and modprobe.d as far as old network set-ups used them: aliases and
 * options of interfaces. */
#pragma once
#include "ifcfg-record.h"

typedef struct {
    char *name;    /* "eth0", "bond1" */
    char *module;  /* `alias NAME module`, or NULL */
    char *options; /* `options NAME a=b c=d` (later lines appended), or NULL */
    IfcfgWhere where, options_where;
} IfcfgModuleEntry;

typedef struct IfcfgModules IfcfgModules;

/** Reads ROOT/etc/modules.conf, ROOT/etc/modprobe.conf and ROOT/{etc,run,usr/lib,lib}/modprobe.d/'*.conf' as
 * libkmod orders them. */
IfcfgModules *ifcfg_modules_load(const char *root, IfcfgProblems *problems);
void ifcfg_modules_free(IfcfgModules *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IfcfgModules, ifcfg_modules_free)

guint ifcfg_modules_length(const IfcfgModules *self);
const IfcfgModuleEntry *ifcfg_modules_nth(const IfcfgModules *self, guint index);
/** The entry of an interface or module name ("bond0", "bonding"), or NULL. */
const IfcfgModuleEntry *ifcfg_modules_find(const IfcfgModules *self, const char *name);
