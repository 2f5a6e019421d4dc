/* libifcfg's interface, all of it: the one header to include. Headers that it does not name are internal and
 * not installed. What is promised about it: README.md in this folder. */
#pragma once
#include <glib.h>

/* Additions raise MINOR; what breaks a caller raises MAJOR, which is also the number in libifcfg.so.MAJOR. */
#define IFCFG_API_MAJOR 0
#define IFCFG_API_MINOR 2

/** Whether this header offers what version MAJOR.MINOR did: `#if !IFCFG_API_CHECK(0, 1)`. */
#define IFCFG_API_CHECK(major, minor) (IFCFG_API_MAJOR == (major) && IFCFG_API_MINOR >= (minor))

G_BEGIN_DECLS
#include "ifcfg-dir.h"
#include "ifcfg-edit.h"
#include "ifcfg-ip.h"
#include "ifcfg-keys.h"
#include "ifcfg-modules.h"
#include "ifcfg-problem.h"
#include "ifcfg-quote.h"
#include "ifcfg-record.h"
#include "ifcfg-replace.h"
#include "ifcfg-route.h"
#include "link-options.h"
G_END_DECLS
