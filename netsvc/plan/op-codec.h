/* How what an operation carries is written as KEY=VALUE words, and read again. Private to plan/op-text.c and
 * the codecs. */
#pragma once
#include "plan/plan.h"

typedef struct {
    NetPlan *plan;     /* keeps what is read */
    GHashTable *words; /* key -> value, both owned; those not read yet */
    char *fault;       /* the first word that is wrong, or NULL */
} OpReader;

/** @put adds nothing for a value that is not given; @get leaves one that is not given as it is. */
typedef struct {
    void (*put)(GString *line, const char *key, gconstpointer field);
    void (*get)(OpReader *self, const char *key, gpointer field);
} OpCodec;

extern const OpCodec op_codec_text;      /* const char* */
extern const OpCodec op_codec_uint;      /* guint32, guint */
extern const OpCodec op_codec_long;      /* guint64 */
extern const OpCodec op_codec_byte;      /* guint8 */
extern const OpCodec op_codec_flag;      /* gboolean */
extern const OpCodec op_codec_mac;       /* IfcfgMac */
extern const OpCodec op_codec_ip;        /* IfcfgIp */
extern const OpCodec op_codec_where;     /* IfcfgWhere */
extern const OpCodec op_codec_address;   /* const NetAddress* */
extern const OpCodec op_codec_route;     /* const IfcfgRoute* */
extern const OpCodec op_codec_rule;      /* const IfcfgRule* */
extern const OpCodec op_codec_nexthop;   /* const NetNexthop*: op-codec-nexthop.c */
extern const OpCodec op_codec_lease;     /* const NetLease*: op-codec-lease.c */
extern const OpCodec op_codec_ethtool;   /* const EthtoolRequest* */
extern const OpCodec op_codec_run;       /* const NetRun* */
extern const OpCodec op_codec_family;    /* const LinkFamily*: the same */
extern const OpCodec op_codec_attribute; /* const LinkSetting*: a row of link_attributes */
extern const OpCodec op_codec_names;     /* const NetNames*: op-codec-names.c, as the next */
extern const OpCodec op_codec_shares;    /* const GPtrArray* of ResolvShare* */
extern const OpCodec op_codec_settings;  /* const GPtrArray* of LinkSetting*: op-codec-settings.c */

/* What codecs are made of. A part of KEY is the word KEY.PART; NULL and 0 are not written. */
void op_put_word(GString *line, const char *key, const char *value);
void op_put_part(GString *line, const char *key, const char *part, const char *value);
void op_put_number(GString *line, const char *key, guint64 number);
void op_put_number_part(GString *line, const char *key, const char *part, guint64 number);
void op_put_where_part(GString *line, const char *key, const IfcfgWhere *where);
/** Returns the value, to be freed; NULL: it is not given. */
char *op_get_word(OpReader *self, const char *key);
char *op_get_part(OpReader *self, const char *key, const char *part);
guint64 op_get_number(OpReader *self, const char *key, guint64 max);
guint64 op_get_number_part(OpReader *self, const char *key, const char *part, guint64 max);
void op_get_where_part(OpReader *self, const char *key, IfcfgWhere *where);
void op_set_fault(OpReader *self, const char *key, const char *value);
