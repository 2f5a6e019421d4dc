/* The key table: every key that the old scripts, their plug-ins or NetworkManager read, with its type and
 * what becomes of it here. */
#pragma once
#include "ifcfg-record.h"

typedef enum { /* the form of a value; checked by ifcfg_keys_check() */
               IFCFG_VALUE_TEXT,
               IFCFG_VALUE_BOOL,
               IFCFG_VALUE_UINT,
               IFCFG_VALUE_INT,
               IFCFG_VALUE_IP4,
               IFCFG_VALUE_IP6, /* address[/len] */
               IFCFG_VALUE_IP,  /* either family */
               IFCFG_VALUE_NETMASK,
               IFCFG_VALUE_MAC,
               IFCFG_VALUE_IFNAME,
               IFCFG_VALUE_WORD, /* one of ->words, '|' separated */
               IFCFG_VALUE_LAST,
} IfcfgValueType;

/* What becomes of a key. */
typedef enum {
    /* has its effect */
    IFCFG_KEY_USED,
    /* for the program that a file of such a TYPE is handed to (ifup-ppp, ifup-Team): nothing is done here */
    IFCFG_KEY_HANDED,
    /* documentation only, or read by other programs: accepted and ignored */
    IFCFG_KEY_INFO,
    /* had an effect once, has none on any supported kernel: accepted and ignored */
    IFCFG_KEY_OBSOLETE,
    /* another system's word, or one that is not taken: a warning says what to write */
    IFCFG_KEY_REFUSED,
    IFCFG_KEY_LAST,
} IfcfgKeyState;

enum { /* where a key may stand; bits */
       IFCFG_IN_IFCFG = 1 << 0,
       IFCFG_IN_NETWORK = 1 << 1, /* /etc/sysconfig/network */
       IFCFG_IN_ROUTE = 1 << 2,   /* route-* with ADDRESSn= */
       IFCFG_IN_INIT = 1 << 3,    /* /etc/sysconfig/init */
       IFCFG_IS_OURS = 1 << 6,    /* no place: whatever its TYPE, no other program reads this ifcfg file */
};

typedef struct {
    const char *name;     /* without its number; "OVS_*": every key that begins so */
    guint8 type;          /* IfcfgValueType */
    guint8 state;         /* IfcfgKeyState */
    guint8 in;            /* IFCFG_IN_* where NAME may stand; 0: only with a number */
    guint8 numbered;      /* IFCFG_IN_* where NAME0, NAME1 ... may stand */
    guint32 min, max;     /* IFCFG_VALUE_UINT (IFCFG_VALUE_INT: as gint32); both 0: any */
    const char *words;    /* IFCFG_VALUE_WORD: all of them, any case; IFCFG_VALUE_TEXT: the usual ones */
    const char *fallback; /* what holds when unset: asking for it changes nothing; may be NULL */
    const char *part_of;  /* changes nothing without this KEY or KEY=VALUE; may be NULL */
    const char *instead;  /* IFCFG_KEY_REFUSED: what to write, N_() */
    const char *help;     /* one line, N_() */
} IfcfgKey;

/** All rows, sorted by name (strcmp). */
const IfcfgKey *ifcfg_keys(gsize *ret_count);

/** Finds the row of a key as written in a file; numbered keys with their number. NULL when there is none. */
const IfcfgKey *ifcfg_key_find(const char *name);
/** The row that a misspelt or wrongly cased key probably means (edit distance), or NULL; its `in` may be 0
 * (DNS for DNS1). */
const IfcfgKey *ifcfg_key_guess(const char *name);

/** The headings under which people look for keys, N_(): "IPv4 addresses"; NULL behind the last. */
const char *ifcfg_key_group_title(guint group);
/** The heading that a key stands under; never behind the last. */
guint ifcfg_key_group(const IfcfgKey *key);

const char *ifcfg_value_type_name(IfcfgValueType type);
const char *ifcfg_key_state_name(IfcfgKeyState state);

/** Checks one value against its row. Returns: NULL when fine, else what is wrong and what is accepted (to be
 * freed). */
char *ifcfg_key_check_value(const IfcfgKey *key, const char *value);

/** Whether the value asks for what holds without the key. */
gboolean ifcfg_key_value_is_fallback(const IfcfgKey *key, const char *value);

/**
 * The value as a shell used it without quotes: blanks around an address, a number or a name are none of it.
 * Texts and words stay as they are. Returns: @value itself or an interned copy; "" when there is nothing but
 * blanks
 */
const char *ifcfg_key_trim(const char *name, const char *value);

/** Whether @value is one of the words of the key's row, in any case. */
gboolean ifcfg_key_has_word(const char *name, const char *value);

/** How many letters differ (inserted, lost, changed or swapped), case aside. */
guint ifcfg_text_distance(const char *a, const char *b);
/** How many may differ for one name to be taken for a misspelt other one. */
guint ifcfg_guess_limit(const char *name);
/** The name that @text is probably meant for, or NULL. @first: the first of @n names, each the pointer to it
 * at a distance of @size bytes. */
const char *ifcfg_text_nearest(const char *text, gconstpointer first, gsize n, gsize size);

/**
 * Checks all keys and values of a record: unknown key (with a guess), key in the wrong file, malformed value,
 * and keys that are not taken, with what to write instead. Values that nobody can use (an address, a number)
 * are errors; yes/no keys and word lists have a meaning for anything (the fallback), so
 * these are warnings. Readers of the values need not tell again. A key that is unknown but whose file clearly
 * works with another program (OVS_*, SUSE's, an ifup-TYPE plug-in) is no problem.
 * @in: which file it is, one IFCFG_IN_* bit, and IFCFG_IS_OURS
 */
void ifcfg_keys_check(const IfcfgRecord *record, guint in, IfcfgProblems *problems);

/**
 * Says of each key of a record that is no problem, and has no effect here either, why: one note a file and
 * reason, at the first such key. Nothing of a file that another program reads.
 * @in: as for ifcfg_keys_check()
 */
void ifcfg_keys_note(const IfcfgRecord *record, guint in, IfcfgProblems *notes);
