/* The plain keys of an ifcfg file as a table: each row is a key and the member of NetIface that it fills.
 * Reading, showing and writing are loops over it. Where else than in the file a key counts, and what a value
 * looks like, is in the key table of the parser. */
#pragma once
#include "model/model.h"

typedef enum {
    NET_FIELD_START, /* when and how it comes up */
    NET_FIELD_LINK,  /* its device */
    NET_FIELD_LAYER3,
} NetFieldPart;

typedef struct NetField NetField;

/** How the text of a value and the member of NetIface are turned into each other. @member: the place of it.
 */
typedef struct {
    /** Returns FALSE, and leaves the member alone, when the text means nothing; ifcfg_keys_check() has told.
     */
    gboolean (*parse)(const NetField *field, const char *text, gpointer member);
    /** Returns: the text that parse() makes the same of, to be freed. */
    char *(*format)(gconstpointer member);
    void (*reset)(const NetField *field, gpointer member);
    void (*clear)(gpointer member); /* frees; NULL: there is nothing to free */
} NetCodec;

struct NetField {
    const char *key;
    guint64 bit;       /* ifcfg_key_bit() */
    const char *label; /* in `netsvc show` and --json */
    const NetCodec *codec;
    gsize offset;
    gint fallback; /* of numbers and yes/no, where the key is not given */
    NetFieldPart part;
    gboolean is_shown;       /* even where the key is not given */
    gboolean in_environment; /* the environment of `ifup` counts where the file is silent */
};

const NetField *net_fields(gsize *ret_count);

/** As if no key were given. */
void net_fields_reset(NetIface *iface);
/** All fields of an interface that has just been made, from its file, the environment and
 * /etc/sysconfig/network. */
void net_fields_read(NetIface *iface);
void net_fields_clear(NetIface *iface);
/** The value as text, to be freed. */
char *net_field_format(const NetField *field, const NetIface *iface);
/** Calls @put with the text of each field that is not as it would be without its key: what a file has to say.
 */
typedef void (*NetFieldPut)(const NetField *field, const char *value, gpointer data);
void net_fields_write(const NetIface *iface, NetFieldPut put, gpointer data);
/** Sets the field of a key from text, as a file would. FALSE: the text means nothing, or there is no such
 * key. */
gboolean net_field_set(NetIface *iface, const char *key, const char *value);
/** Whether something gives the field a value; @ret_where: what, or NULL. */
gboolean net_field_is_given(const NetField *field, const NetIface *iface, IfcfgWhere *ret_where);
/** Whether this variable of the environment counts. */
gboolean net_field_is_environment(const char *key);
