/* Interfaces as files: what the model reads, the other way round, by the same rows: fields, relations,
 * options of links. Pure: texts are made, nothing is written. */
#pragma once
#include "ifcfg-replace.h"
#include "model/model.h"

/** An interface that no file describes yet, of a kind of the array that is handed in. */
NetIface *net_iface_make(const char *name, const IfaceKind *kind);

/** A line KEY=value of its file, for a key that has no member: those that a kind or service reads by itself.
 */
void net_iface_say(NetIface *iface, const char *key, const char *value);

/**
 * The files of an interface: ifcfg-NAME, those of its labelled addresses (aliases), route-, route6-, rule-
 * and rule6-NAME where it has such.
 * @comment: the first line of each, without its #; or NULL
 * @texts: IfcfgText* are appended
 * @problems: a warning for each thing that the files cannot say; places are those of the things
 */
void net_iface_write(const NetIface *iface, const char *comment, GPtrArray *texts, IfcfgProblems *problems);

/** Why no file can be about a device of this name, or NULL. */
const char *net_file_name_fault(const char *name);

/** The path of a file of network-scripts below the root; to be freed. */
char *net_script_path(const char *prefix, const char *name);

/* --- private to this room --- */

/** KEY=value lines of the addresses; those with a label of their own are left out. */
void net_write_addresses(const NetIface *iface, GString *text, IfcfgProblems *problems);
void net_write_options(const NetIface *iface, GString *text, IfcfgProblems *problems);
/** Adds the alias files; */
void net_write_aliases(const NetIface *iface, const char *comment, GPtrArray *texts);
void net_write_routes(const NetIface *iface, const char *comment, GPtrArray *texts);
/** "# comment\n" as the beginning of a file. */
GString *net_text_begin(const char *comment);
/** The part of a label that makes an alias of it, "1" of "eth0:1", or NULL. */
const char *net_label_suffix(const NetIface *iface, const NetAddress *address);
/** A warning that something cannot be written in a file; the place is the interface's. */
void net_write_miss(const NetIface *iface, IfcfgProblems *problems, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
