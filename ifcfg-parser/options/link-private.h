/* What the files of this room share, and what link-settings.c lets the checks do to a list of settings;
 * nobody outside this room includes this. */
#pragma once
#include "link-options.h"

/** Off and on, as the kernel's sysfs and ip(8) say it. */
extern const LinkName link_flag_names[];
/** Whether its value is off or on. */
gboolean link_kind_is_flag(guint8 kind);
/** Whether its value is one of ->names, and nothing else. */
gboolean link_option_is_enum(const LinkOption *option);
/** Whether the MAC that it takes is a group's: STP's group address is one by its nature. */
gboolean link_option_is_multicast(const LinkOption *option);

/** The setting for changing; its place in the order stays. */
LinkSetting *link_settings_get(LinkSettings *self, const char *name);
/** Takes a setting out; @setting is freed. */
void link_settings_remove(LinkSettings *self, const LinkSetting *setting);
/** Remembers what is asked for in vain. */
void link_settings_leave_out(LinkSettings *self, const LinkOption *option, const char *name, const char *text,
                             IfcfgWhere where);
/** Replaces a setting's value by another legal one. */
void link_setting_change(LinkSetting *setting, const char *text);
/** Adds a setting, or replaces the one of the same option (and port); takes normal text. */
LinkSetting *link_settings_put(LinkSettings *self, const LinkOption *option, const char *name,
                               const char *port, const char *text, gint64 number);
/** What was put before this call is of an earlier text than what will be. */
void link_settings_begin_text(LinkSettings *self);
/** Its rows: the own or the port table of its family. */
const LinkTable *link_settings_table(const LinkSettings *self);
/** Whether a setting is of the text that was begun last. */
gboolean link_settings_is_of_this_text(const LinkSettings *self, const LinkSetting *setting);

IfcfgWhere link_check_where(const LinkCheck *check, const LinkSetting *setting);
/** Takes a setting out with an error, or without a word when it asks for nothing but the default. */
void link_check_refuse(LinkSettings *settings, const LinkCheck *check, const LinkSetting *setting,
                       const char *reason);
void link_check_warn(const LinkCheck *check, const LinkSetting *setting, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/** The number of an option, 0 where none is asked for. */
gint64 link_settings_number(const LinkSettings *self, const char *name);
/** Rounds what is a multiple of another option; the rows say which. */
void link_check_multiples(LinkSettings *settings, const LinkCheck *check);
/** Which selector an option needs. */
void link_check_selectors(LinkSettings *settings, const LinkCheck *check);
void link_check_ports(LinkSettings *settings, const LinkCheck *check);
