/* What ETHTOOL_OPTS asks for: parts separated by ';', each a command line of ethtool without its name. */
#pragma once
#include "link-options.h"

/* How the kernel's netlink family "ethtool" has a value. */
typedef enum {
    /* a number of the row's width */
    ETHTOOL_FORM_NUMBER,
    /* a set of bits by number */
    ETHTOOL_FORM_BITS,
} EthtoolForm;

/** A setting that netlink has: a word of ethtool(8), and where its value is. */
typedef struct {
    LinkOption option; /* name, kind, range, names, attr, width */
    guint8 get;        /* ETHTOOL_MSG_*_GET of the message that has it; the one that sets it is the next */
    guint8 form;       /* EthtoolForm */
} EthtoolRow;

/** A word of `ethtool -K` that stands for several features. */
typedef struct {
    const char *name, *alias;
    const char *pattern; /* of the kernel's names: "tx-tcp*-segmentation" */
} EthtoolFeature;

/** An option of ethtool that netlink can do. */
typedef struct {
    const char *name, *alias; /* "-G", "--set-ring" */
    const EthtoolRow *rows;
    gsize n;
    gboolean has_features; /* its words are names of features instead */
} EthtoolVerb;

/** All of them; the first is the one of parts without an option ("speed 1000 duplex full"): -s. */
const EthtoolVerb *ethtool_verbs(gsize *ret_count);
const EthtoolVerb *ethtool_verb_find(const char *name);
const EthtoolRow *ethtool_verb_row(const EthtoolVerb *verb, const char *word);
/** A value of ETHTOOL_FORM_BITS: "ug". */
char *ethtool_bits_format(const EthtoolRow *row, gint64 number);
/** The kernel's names that a word of -K stands for: a pattern with at most one '*'; a name of the kernel
 * stands for itself. */
const char *ethtool_feature_pattern(const char *word);
gboolean ethtool_feature_matches(const char *pattern, const char *name);

typedef struct {
    const EthtoolRow *row; /* NULL: a feature */
    char *word;            /* "rx", "tso" */
    char *text;            /* normalised: "on", "4096" */
    gint64 number;
    IfcfgWhere where; /* of the word */
} EthtoolSetting;

/** One part. */
typedef struct {
    const EthtoolVerb *verb; /* NULL: only the program itself knows what it means */
    char *device;            /* the device that it is about */
    GPtrArray *settings;     /* EthtoolSetting*; of a verb */
    char **argv;             /* "ethtool", "-G", "eth0", "rx", "4096" */
    IfcfgWhere where;
} EthtoolRequest;

EthtoolRequest *ethtool_request_new(void);
void ethtool_request_free(EthtoolRequest *self);
/** "-G eth0 rx 4096"; to be freed. */
char *ethtool_request_format(const EthtoolRequest *self);
const EthtoolSetting *ethtool_request_find(const EthtoolRequest *self, const char *word);

/**
 * Splits the value of ETHTOOL_OPTS. A part that does not begin with an option is one of `-s DEVICE`, as in
 * the old scripts; $DEVICE and ${DEVICE} are the device. What is wrong for certain (a value that a setting
 * cannot have, a setting without one) is an error, and its part is left out; what this table does not know is
 * left to the program.
 * @device: of the file; @where: of the value's first character
 * Returns: GPtrArray of EthtoolRequest*, in order; possibly empty
 */
GPtrArray *ethtool_options_parse(const char *text, const char *device, IfcfgWhere where,
                                 IfcfgProblems *problems);
