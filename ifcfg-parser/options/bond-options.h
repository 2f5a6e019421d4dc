/* The bonding option table: one row an option, and the splitting and checking of BONDING_OPTS. Parser,
 * planner, both kernel writers, help, manual pages and tests read these rows. ROW ORDER IS WRITE ORDER
 * (kernel drivers/net/bonding/bond_options.c, bond_netlink.c). */
#pragma once
#include "ifcfg-ip.h"
#include "ifcfg-record.h"

enum {
    BOND_MODE_RR,
    BOND_MODE_AB,
    BOND_MODE_XOR,
    BOND_MODE_BC,
    BOND_MODE_8023AD,
    BOND_MODE_TLB,
    BOND_MODE_ALB,
    BOND_MODES
};
#define BOND_MODE_BIT(mode) (1u << (mode))
#define BOND_MODE_ANY 0x7fu

typedef enum {
    BOND_VALUE_UINT,
    BOND_VALUE_ENUM,    /* one of ->names, by number or name */
    BOND_VALUE_IFNAME,  /* netlink: ifindex */
    BOND_VALUE_IP4LIST, /* arp_ip_target: comma list */
    BOND_VALUE_IP6LIST,
    BOND_VALUE_MAC,
    BOND_VALUE_PORT_UINT, /* IFNAME:N, once or more, blank separated: a setting of a port (queue_id) */
    BOND_VALUE_PORT_INT,  /* the same, signed (prio) */
    BOND_VALUE_LAST,
} BondValueKind;

typedef enum {                          /* when an option is written */
               BOND_PHASE_MODE,         /* before everything else */
               BOND_PHASE_BEFORE_PORTS, /* while the bond is down and has no ports */
               BOND_PHASE_AFTER_PORTS,  /* needs an enslaved port */
               BOND_PHASE_LOAD,         /* module parameter only: never written to a bond */
               BOND_PHASE_LAST,
} BondPhase;

enum {                               /* what the kernel demands; bits */
       BOND_NEEDS_DOWN = 1 << 0,     /* else EBUSY */
       BOND_NEEDS_NO_PORTS = 1 << 1, /* else ENOTEMPTY */
       BOND_NEEDS_PORT = 1 << 2,
       BOND_NEEDS_MIIMON = 1 << 3,      /* else EPERM */
       BOND_IS_VOLATILE = 1 << 4,       /* changes by itself (active_slave): not compared, not reset */
       BOND_IS_TIME_OF_MIIMON = 1 << 5, /* rounded down to a multiple of miimon */
};

typedef struct {
    const char *name;
    guint32 number;
} BondName;

typedef struct {
    const char *name;
    const char *alias;     /* another name of the same variable (num_unsol_na), or NULL */
    const char *sysfs;     /* file in /sys/class/net/BOND/bonding/, or NULL: netlink only */
    guint16 attr;          /* IFLA_BOND_*, or IFLA_BOND_SLAVE_* for PORT kinds; 0: sysfs only */
    guint8 width;          /* bytes of the attribute: 1, 2, 4, 6, 16; lists: of one element */
    guint8 kind;           /* BondValueKind */
    guint8 phase;          /* BondPhase */
    guint8 needs;          /* BOND_NEEDS_* */
    guint32 min, max;      /* numeric kinds */
    const BondName *names; /* ends in a NULL name; numeric kinds can have names too (off, maxval) */
    const char *fallback;  /* the kernel's default as BONDING_OPTS would say it; "" for none */
    guint modes;           /* modes in which the kernel accepts it (else EACCES) */
    guint effective;       /* modes in which it does anything */
    const char *since;     /* first kernel version, "2.6.16" */
    const char *help;      /* one line, N_() */
} BondOption;

const BondOption *bond_options(gsize *ret_count);      /* in write order */
const BondOption *bond_option_find(const char *name);  /* by name or alias */
const BondOption *bond_option_find_attr(guint16 attr); /* of the bond itself, not of ports */
const char *bond_mode_name(guint mode);
gboolean bond_mode_parse(const char *text, guint *ret_mode); /* number or name */

/** One option as wanted. Lists (arp_ip_target) are one setting with all their elements. */
typedef struct {
    const BondOption *option; /* NULL: unknown key, passed through to sysfs as it is */
    char *name;               /* option->name, or the unknown key */
    char *text; /* normalised: enum name, decimal number, comma list without '+', lower case MAC, IFNAME */
    guint32 number; /* numeric and enum kinds */
    IfcfgWhere where;
    gboolean implied; /* not in the file: our miimon=100, or a module option */
} BondSetting;

typedef struct BondSettings BondSettings; /* a list in write order, at most one setting a row */

BondSettings *bond_settings_new(void);
void bond_settings_free(BondSettings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BondSettings, bond_settings_free)
guint bond_settings_length(const BondSettings *self);
const BondSetting *bond_settings_nth(const BondSettings *self, guint index);
const BondSetting *bond_settings_find(const BondSettings *self, const char *name);
/** What BONDING_OPTS asks for and will not get, since it was not understood or the kernel would refuse it:
 * GPtrArray of BondSetting* with name, text as written (empty: a word without a value), option if it is one,
 * and place. Each is a problem already. */
const GPtrArray *bond_settings_left_out(const BondSettings *self);

/**
 * Splits and checks a BONDING_OPTS value and adds it to @self; a later setting of the same option replaces an
 * earlier one (lists: adds to one from the same text), whatever its place. Accepts what real files hold:
 * repeated and leading blanks, commas between options ("miimon=100, mode=1"), blanks around '=',
 * `arp_ip_target` repeated or as a comma list, with or without '+', values by number or by name. Bad values
 * are problems (with what is accepted) and left out; unknown keys are kept, with a warning.
 * @where: of the value's first character; columns of problems are derived from it
 * @implied: marks the settings as not from BONDING_OPTS (module options)
 */
void bond_settings_parse(BondSettings *self, const char *text, IfcfgWhere where, gboolean implied,
                         IfcfgProblems *problems);

/** Sets one option by name from text, as an editor of the model would. Returns FALSE with a
 * G_FILE_ERROR_INVAL message. */
gboolean bond_settings_set(BondSettings *self, const char *name, const char *text, gboolean implied,
                           GError **error);

/** Every value that the row accepts, in words: "0 to 255, off or maxval", "slow (0) or fast (1)". */
char *bond_option_accepts(const BondOption *option);

/**
 * A legal value other than the default, made from the row; for examples and for tests that ask the kernel
 * about every row.
 * @port: the name of a port, for the rows that need one
 */
char *bond_option_sample(const BondOption *option, const char *port);

/** All rows with a sample as tab separated text; the first line, which starts with '#', names the columns. */
char *bond_options_dump(const char *port);

/** The names of a set of BOND_MODE_BITs, in order. */
char *bond_modes_format(guint modes, const char *separator);
const char *bond_value_kind_name(BondValueKind kind);
const char *bond_phase_name(BondPhase phase);

/** Checks one value against its row and normalises it. Returns: the normal text, or NULL with @error saying
 * what is accepted. */
char *bond_option_normalize(const BondOption *option, const char *text, guint32 *ret_number, GError **error);

/**
 * Applies the rules between options, each as a problem at the option's place: mode-bound options, delays
 * without miimon, delays rounded to multiples of miimon (warning with the rounded value), miimon together
 * with arp_interval, arp_interval without target or in modes 4-6, primary that is not one of @ports. With
 * neither miimon nor arp_interval: adds an implied miimon=100. Settings that the kernel would refuse are
 * removed, so that what is left is what will be asked for (lint is all there: an error for what is removed, a
 * warning for what has no effect).
 * @ports: NULL-terminated names of the configured ports, or NULL when they are not known
 */
void bond_settings_complete(BondSettings *self, const char *const *ports, IfcfgWhere where,
                            IfcfgProblems *problems);

/** Whether a setting asks for what the kernel does anyway. */
gboolean bond_setting_is_default(const BondSetting *setting);

/** The mode asked for, BOND_MODE_RR when none is given (the kernel's default). */
guint bond_settings_mode(const BondSettings *self);
