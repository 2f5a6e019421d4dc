/* Links as data: one table format for the options of every kind of link and of port. Parser, planner, both
 * kernel writers, the picture of the kernel, help, manual pages and tests read these rows. ROW ORDER IS WRITE
 * ORDER. */
#pragma once
#include "ifcfg-ip.h"
#include "ifcfg-record.h"

typedef enum {
    /* on or off, in one byte */
    LINK_VALUE_FLAG,
    LINK_VALUE_UINT,
    /* an unsigned number that may be written in hexadecimal */
    LINK_VALUE_MASK,
    LINK_VALUE_INT,
    /* an unsigned number in network byte order; with ->names: one of them */
    LINK_VALUE_BE,
    /* a time in the kernel's clock ticks (1/100 s) */
    LINK_VALUE_TICKS,
    /* one of ->names, by number or name */
    LINK_VALUE_ENUM,
    /* ->bit of a structure of flags and mask */
    LINK_VALUE_BIT,
    /* the name of a link; netlink: its ifindex */
    LINK_VALUE_IFNAME,
    LINK_VALUE_IP4,
    LINK_VALUE_IP6,
    /* comma lists */
    LINK_VALUE_IP4LIST,
    LINK_VALUE_IP6LIST,
    LINK_VALUE_MAC,
    /* FROM:TO, blank separated */
    LINK_VALUE_MAP,
    LINK_VALUE_TEXT,
    LINK_VALUE_LAST,
} LinkValueKind;

/* When an option is written. */
typedef enum {
    /* with the device's creation only: a change needs a new device */
    LINK_WHEN_CREATE,
    /* before everything else */
    LINK_WHEN_FIRST,
    LINK_WHEN_BEFORE_PORTS,
    LINK_WHEN_AFTER_PORTS,
    /* a parameter of the module: never written to a device */
    LINK_WHEN_LOAD,
    /* a state that is only read */
    LINK_WHEN_NEVER,
    LINK_WHEN_LAST,
} LinkWhen;

/* What the kernel demands, and how it treats the value; bits. */
enum {
    /* else EBUSY */
    LINK_NEEDS_DOWN = 1 << 0,
    /* else ENOTEMPTY */
    LINK_NEEDS_NO_PORTS = 1 << 1,
    LINK_NEEDS_PORT = 1 << 2,
    /* ->other is not zero, else EPERM */
    LINK_NEEDS_OTHER = 1 << 3,
    /* changes by itself: not compared, not reset */
    LINK_IS_VOLATILE = 1 << 4,
    /* rounded down to a multiple of ->other */
    LINK_IS_MULTIPLE_OF_OTHER = 1 << 5,
    /* the driver has an idea of its own: compared only where a file names it, or did when we wrote it */
    LINK_KERNEL_CHOOSES = 1 << 6,
    /* for a while twice ->other, while spanning tree settles (br_stp.c, __br_set_topology_change()) */
    LINK_IS_TWICE_OTHER = 1 << 7,
    /* where a file says neither it nor ->other, reading fills it in: "not at all" must be said */
    LINK_IS_FILLED_IN = 1 << 8,
    /* a kernel that was built without it reports it all the same, but not ->other (br_fill_info()) */
    LINK_IS_KNOWN_BY_OTHER = 1 << 9,
};

typedef struct {
    const char *name;
    guint32 number;
} LinkName;

/* One row an option of any kind of link. */
typedef struct {
    const char *name;
    /* another name of the same variable (num_unsol_na), or NULL */
    const char *alias;
    /* an ifcfg key of its own that says it ("VLAN_ID", "DELAY"), beside the list of OPTION=VALUE; or NULL */
    const char *key;
    /* below /sys/class/net/DEV: "bonding/miimon", "brport/path_cost"; a port's row below "master/" is written
     * as PORT:VALUE; NULL: netlink only */
    const char *sysfs;
    /* in IFLA_INFO_DATA or IFLA_INFO_SLAVE_DATA; 0: sysfs only */
    guint16 attr;
    /* bytes of the attribute: 1, 2, 4, 6, 8, 16; lists: of one element */
    guint8 width;
    guint8 kind;   /* LinkValueKind */
    guint8 when;   /* LinkWhen */
    guint16 needs; /* LINK_NEEDS_* and its like */
    /* kind BIT: which one */
    guint32 bit;
    /* what LINK_NEEDS_OTHER and its like are about: "miimon" */
    const char *other;
    /* numeric kinds; INT: as two's complement, both 0 for any */
    guint32 min, max;
    /* ends in a NULL name; numeric kinds can have names too (off, maxval) */
    const LinkName *names;
    /* the kernel's default as a file would say it; "" for none */
    const char *fallback;
    /* LINK_BITs of the family's selector with which the kernel accepts it (else EACCES), and with which it
     * does anything; 0: any */
    guint32 legal, useful;
    /* first kernel version, "2.6.16" */
    const char *since;
    /* one line, N_() */
    const char *help;
} LinkOption;

#define LINK_BIT(number) (1u << (number))

typedef struct {
    const LinkOption *rows;
    gsize n;
    /* the key that holds OPTION=VALUE words ("BONDING_OPTS"), or NULL; ports whose table has none are written
     * into the device's list, as OPTION=PORT:VALUE */
    const char *list;
    /* where options without a row are, below /sys/class/net/DEV ("bonding"), or NULL */
    const char *folder;
} LinkTable;

typedef struct LinkSettings LinkSettings;

/** What a family's own check may look at. */
typedef struct {
    /* names of the configured ports, NULL-terminated, or NULL when they are not known */
    const char *const *ports;
    /* for what has no place of its own */
    IfcfgWhere where;
    IfcfgProblems *problems;
} LinkCheck;

/** One kind of link: the tables of its own options and of its ports'. */
typedef struct {
    /* IFLA_INFO_KIND: "bond" */
    const char *kind;
    /* "bonding"; NULL: the kernel loads it by "rtnl-link-KIND" */
    const char *module;
    /* parameters with which we load it; NULL: it is left to the kernel */
    const char *module_options;
    /* as in "unknown bonding option" */
    const char *word;
    LinkTable own, port;
    /* the option that the bits of ->legal and ->useful stand for ("mode"), or NULL */
    const char *selector;
    /* made by opening a file, not by a message (apply/kernel/tun.c) */
    gboolean is_by_file;
    /* what a change does not name gets its default: it names everything */
    gboolean sets_all;
    /* the few rules that no row can say; may be NULL */
    void (*check)(LinkSettings *settings, const LinkCheck *check);
} LinkFamily;

/** What every link has, whatever its kind (MTU, MAC ...). It is no kind of link, so link_family_nth() does
 * not have it. */
extern const LinkFamily link_attributes;

/** The family of a kind, "bond", or NULL. */
const LinkFamily *link_family_find(const char *kind);
/** All families, by number; NULL behind the last. */
const LinkFamily *link_family_nth(guint index);
/** Whether a file has the list of a family that only its own devices have (BONDING_OPTS): it is not about
 * hardware. */
gboolean link_families_claim(const IfcfgRecord *record);

const LinkOption *link_table_find(const LinkTable *table, const char *name); /* by name or alias */
const LinkOption *link_table_find_attr(const LinkTable *table, guint16 attr);
/** Whether a table has this row. */
gboolean link_table_has(const LinkTable *table, const LinkOption *option);

/** An option of the device, or one of ports that its list takes. */
const LinkOption *link_family_option(const LinkFamily *family, const char *name);
/** Whether it is a row of ports that the device's list takes as PORT:VALUE. */
gboolean link_family_is_listed_for_ports(const LinkFamily *family, const LinkOption *option);
/** Every value that the family's list accepts, in words: "0 to 255, off or maxval", "slow (0) or fast (1)".
 */
char *link_family_accepts(const LinkFamily *family, const LinkOption *option);
/** The option whose name is most like one that nobody knows, or NULL. */
const char *link_family_guess(const LinkFamily *family, const LinkTable *table, const char *name);
/** The names of a set of selector bits, in order; of 0: of all. */
char *link_family_selectors_format(const LinkFamily *family, guint32 bits, const char *separator);
const char *link_family_selector_name(const LinkFamily *family, guint32 number);
/** The number of a selector from its name or number. */
gboolean link_family_selector_parse(const LinkFamily *family, const char *text, guint32 *ret_number);

gboolean link_option_is_legal(const LinkOption *option, guint32 selector);
gboolean link_option_is_useful(const LinkOption *option, guint32 selector);
/** Whether what was written is put on record: by the kernel's value alone nobody knows whether it is ours. */
gboolean link_option_is_recorded(const LinkOption *option);
/** Whether its value is a comma or blank separated list. */
gboolean link_option_is_list(const LinkOption *option);
/** The name of a number, or NULL. */
const char *link_option_name_of(const LinkOption *option, guint32 number);
char *link_option_accepts(const LinkOption *option);
/** Checks one value against its row and normalises it. Returns: the normal text, or NULL with @error saying
 * what is accepted. @ret_number: numeric kinds; may be NULL. */
char *link_option_normalize(const LinkOption *option, const char *text, gint64 *ret_number, GError **error);
/** The normal text of a number as the kernel reports it. */
char *link_option_format(const LinkOption *option, gint64 number);
/**
 * A legal value other than the default, made from the row; for examples and for tests that ask the kernel
 * about every row.
 * @link: the name of a link, for the rows that need one
 */
char *link_option_sample(const LinkOption *option, const char *link);
/** All rows of a family with a sample as tab separated text; the first line, which starts with '#', names the
 * columns. */
char *link_family_dump(const LinkFamily *family, const char *port);

const char *link_value_kind_name(LinkValueKind kind);
const char *link_when_name(LinkWhen when);

/** One option as wanted. Lists (arp_ip_target) are one setting with all their elements. */
typedef struct {
    const LinkOption *option; /* NULL: unknown, passed through to sysfs as it is */
    char *name;               /* option->name, or the unknown one */
    /* normalised: enum name, decimal number, comma list without '+', lower case MAC, IFNAME */
    char *text;
    gint64 number; /* numeric and enum kinds */
    char *port;    /* in a device's list: the port that it is for; else NULL */
    IfcfgWhere where;
    gboolean implied; /* not in the file: our miimon=100, or a module option */
} LinkSetting;

LinkSetting *link_setting_copy(const LinkSetting *setting);
void link_setting_free(LinkSetting *setting);
/** What a file would hold if it named the option with its default. */
LinkSetting *link_setting_fallback(const LinkOption *option, IfcfgWhere where);
/** Whether a setting asks for what the kernel does anyway. */
gboolean link_setting_is_default(const LinkSetting *setting);

/** A list in write order, at most one setting a row. */
LinkSettings *link_settings_new(const LinkFamily *family);
/** The same of a port's options. */
LinkSettings *link_settings_new_of_port(const LinkFamily *family);
void link_settings_free(LinkSettings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LinkSettings, link_settings_free)
const LinkFamily *link_settings_family(const LinkSettings *self);
guint link_settings_length(const LinkSettings *self);
const LinkSetting *link_settings_nth(const LinkSettings *self, guint index);
/** @self may be NULL. */
const LinkSetting *link_settings_find(const LinkSettings *self, const char *name);
/** The same by the row of a table. */
const LinkSetting *link_settings_find_option(const LinkSettings *self, const LinkOption *option);
/** What a device's list asks for its ports: GPtrArray of LinkSetting* with ->port, in write order. */
const GPtrArray *link_settings_of_ports(const LinkSettings *self);
/** Copies what is asked for one port into its own settings. */
void link_settings_hand_on(const LinkSettings *self, const char *port, LinkSettings *to);
/** What is asked for in vain, since it was not understood or the kernel would refuse it: GPtrArray of
 * LinkSetting* with name, text as written (empty: a word without a value), option if it is one, and place.
 * Each is a problem already. */
const GPtrArray *link_settings_left_out(const LinkSettings *self);
/** The number of the family's selector, its default where none is asked for. */
guint32 link_settings_selector(const LinkSettings *self);

/**
 * Splits and checks a list of OPTION=VALUE words and adds it to @self; a later setting of the same option
 * replaces an earlier one (lists: adds to one from the same text), whatever its place. Accepts what real
 * files hold: repeated and leading blanks, commas between options ("miimon=100, mode=1"), blanks around '=',
 * `arp_ip_target` repeated or as a comma list, with or without '+', values by number or by name. Bad values
 * are problems (with what is accepted) and left out; unknown options are kept, with a warning.
 * @where: of the value's first character; columns of problems are derived from it
 * @implied: marks the settings as not from the list (module options)
 */
void link_settings_parse(LinkSettings *self, const char *text, IfcfgWhere where, gboolean implied,
                         IfcfgProblems *problems);

/**
 * Sets the option of an ifcfg key of its own (DELAY, VLAN_ID) from its value as people write it: yes and no
 * for a switch, seconds for a time.
 * @option: a row of the list's table; @key: as in the file
 * @where: of the value; a bad one is a problem there, and left out
 * Returns: whether it was understood
 */
gboolean link_settings_read_key(LinkSettings *self, const LinkOption *option, const char *key,
                                const char *value, IfcfgWhere where, IfcfgProblems *problems);
/** The same for what belongs to one port, as "prio=eth0:5" in the list: the key stands in the port's file. */
gboolean link_settings_read_port_key(LinkSettings *self, const LinkOption *option, const char *key,
                                     const char *port, const char *value, IfcfgWhere where,
                                     IfcfgProblems *problems);

/** What people write behind the option's own key for a normal text: the other way round; to be freed. */
char *link_option_format_key(const LinkOption *option, const char *text);

/** Sets one option by name from text, as an editor of the model would. Returns FALSE with a
 * G_FILE_ERROR_INVAL message. */
gboolean link_settings_set(LinkSettings *self, const char *name, const char *text, gboolean implied,
                           GError **error);

/** The same for what a file says at a place. Returns: the setting, or NULL for an unknown name or a value
 * that is not legal. */
const LinkSetting *link_settings_ask(LinkSettings *self, const char *name, const char *text,
                                     IfcfgWhere where);

/** Takes a setting out that cannot be had, and says so with the @reason. @setting is freed. */
void link_settings_refuse(LinkSettings *self, const LinkSetting *setting, const char *reason,
                          IfcfgProblems *problems);

/**
 * Applies the rules between options, each as a problem at the option's place: what the selector forbids or
 * makes useless, module parameters, values that are rounded to a multiple of another one, names of ports that
 * are not among @ports, and the family's own check. Settings that the kernel would refuse are removed, so
 * that what is left is what will be asked for (an error for what is removed, a warning for what has no
 * effect).
 * @ports: NULL-terminated names of the configured ports, or NULL when they are not known
 */
void link_settings_complete(LinkSettings *self, const char *const *ports, IfcfgWhere where,
                            IfcfgProblems *problems);
