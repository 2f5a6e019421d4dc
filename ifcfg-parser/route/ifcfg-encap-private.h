/* Shared by the files that read and print encapsulations. Inside the library only. */
#pragma once
#include "ifcfg-encap.h"
#include "ifcfg-words.h"

typedef struct IfcfgEncapRow IfcfgEncapRow;

/** One encapsulation while its words are read. */
typedef struct {
    IfcfgWords *words;
    IfcfgEncap *encap;
    gint mode;                 /* of seg6; -1: not given yet */
    const IfcfgWord *segments; /* NULL: not given yet */
    guint32 hmac;              /* the key that segments are signed with; 0: none */
} IfcfgEncapReader;

/** How a value is written, and what it is in a message. */
typedef struct {
    gboolean (*parse)(IfcfgEncapReader *reader, const IfcfgEncapRow *row, const IfcfgWord *word);
    /* Appends the words, each with a blank before it. NULL: another row prints them. */
    void (*print)(const IfcfgEncapRow *row, const guint8 *bytes, gsize size, GString *text);
} IfcfgEncapForm;

/** One word of a type. */
struct IfcfgEncapRow {
    const char *word;
    guint attr;
    const IfcfgEncapForm *form;
    gboolean keeps_zero; /* 0 is not the same as not given */
    guint16 bit;         /* of a form that is one bit of its attribute */
    const char *hint;    /* of a word that is refused */
};

extern const IfcfgEncapForm ifcfg_encap_u8, ifcfg_encap_u64, ifcfg_encap_dsfield, ifcfg_encap_ip4,
    ifcfg_encap_ip6, ifcfg_encap_bit, ifcfg_encap_labels, ifcfg_encap_table, ifcfg_encap_action,
    ifcfg_encap_count, ifcfg_encap_mode, ifcfg_encap_segments, ifcfg_encap_local_segments, ifcfg_encap_hmac,
    ifcfg_encap_mark, ifcfg_encap_refused;

/** What follows "encap", into *@ret. Stops in front of the first word that is not of that type. */
gboolean ifcfg_encap_parse(IfcfgWords *words, const IfcfgWord *keyword, IfcfgEncap **ret);

/** Replaces an attribute; nothing but zeros is none, unless @keeps_zero. */
void ifcfg_encap_set(IfcfgEncap *self, guint number, gconstpointer bytes, gsize size, gboolean keeps_zero);

/** The header of segments that was read, as an attribute of `encap seg6` and `encap seg6local`. */
gboolean ifcfg_encap_segments_finish(IfcfgEncapReader *reader);
gboolean ifcfg_encap_local_finish(IfcfgEncapReader *reader);
