/* Files below /sys/class/net and /proc/sys/net: written in one write(), with the kernel's errno. */
#pragma once
#include <glib.h>

/** Both return 0 or an errno. @path: below /sys/class/net/ or /proc/sys/net/, without leading slash. */
int sysfs_write(const char *path, const char *text);
int procfs_write(const char *path, const char *text);
/** Both return the content without the final newline, or NULL. */
char *sysfs_read(const char *path);
char *procfs_read(const char *path);
