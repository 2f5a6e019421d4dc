/* One file as a list of assignments in file order, with lookups by key. */
#include "ifcfg-file.h"
#include "ifcfg-key-bit.h"
#include "ifcfg-reader.h"
#include "ifcfg-record-private.h"
#include <string.h>

#define INDEX_FROM 32 /* entries; below, walking the list is faster and smaller than a hash table */

typedef struct {
    IfcfgAssignment assignment; /* key and value share one block of memory; key NULL: removed */
    guint64 bit;                /* ifcfg_key_bit(), or 0: removed */
    guint before;               /* 1 + index of the previous assignment of the key, or 0 */
    guint end_line, end_column; /* behind the value */
    gboolean is_superseded;     /* a later one has the same key */
} Slot;

struct IfcfgRecord {
    grefcount references;
    const char *path;
    GArray *slots;
    GHashTable *index; /* key -> 1 + index of its last slot, or NULL */
    guint64 seen;      /* ->bit of all slots */
    gboolean has_holes;
};

static void slot_clear(gpointer data)
{
    g_free(((Slot *)data)->assignment.key);
}

/* @path: interned */
static IfcfgRecord *record_new(const char *path)
{
    IfcfgRecord *self = g_new0(IfcfgRecord, 1);
    g_ref_count_init(&self->references);
    self->path = path;
    self->slots = g_array_sized_new(FALSE, FALSE, sizeof(Slot), 8);
    g_array_set_clear_func(self->slots, slot_clear);
    return self;
}

IfcfgRecord *ifcfg_record_ref(IfcfgRecord *self)
{
    g_ref_count_inc(&self->references);
    return self;
}

void ifcfg_record_unref(IfcfgRecord *self)
{
    if (!self || !g_ref_count_dec(&self->references))
        return;
    g_array_unref(self->slots);
    g_clear_pointer(&self->index, g_hash_table_unref);
    g_free(self);
}

static Slot *slot_at(const IfcfgRecord *self, guint index)
{
    return &g_array_index(self->slots, Slot, index);
}

/* 1 + index of the last assignment of a key, or 0. @bit: the key's */
static guint slot_find(const IfcfgRecord *self, const char *key, guint64 bit)
{
    if (!(self->seen & bit))
        return 0;
    if (self->index)
        return GPOINTER_TO_UINT(g_hash_table_lookup(self->index, key));
    for (guint number = self->slots->len; number > 0; number--) {
        const Slot *slot = slot_at(self, number - 1);
        if (slot->bit == bit && !strcmp(slot->assignment.key, key))
            return number;
    }
    return 0;
}

static void index_build(IfcfgRecord *self)
{
    self->index = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < self->slots->len; i++) {
        char *key = slot_at(self, i)->assignment.key;
        if (key)
            g_hash_table_replace(self->index, key, GUINT_TO_POINTER(i + 1));
    }
}

void ifcfg_record_add(IfcfgRecord *self, const IfcfgAssignment *assignment, guint end_line, guint end_column)
{
    gsize key_size = strlen(assignment->key) + 1, value_size = strlen(assignment->value) + 1;
    guint64 bit = ifcfg_key_bit(assignment->key);
    Slot slot = {.assignment = *assignment,
                 .bit = bit,
                 .before = slot_find(self, assignment->key, bit),
                 .end_line = end_line,
                 .end_column = end_column};
    char *text = g_malloc(key_size + value_size);
    memcpy(text, assignment->key, key_size);
    memcpy(text + key_size, assignment->value, value_size);
    slot.assignment.key = text;
    slot.assignment.value = text + key_size;
    if (slot.before)
        slot_at(self, slot.before - 1)->is_superseded = TRUE;
    g_array_append_val(self->slots, slot);
    self->seen |= slot.bit;
    if (self->index)
        g_hash_table_replace(self->index, text, GUINT_TO_POINTER(self->slots->len));
    else if (self->slots->len > INDEX_FROM)
        index_build(self);
}

void ifcfg_record_remove(IfcfgRecord *self, const char *key)
{
    guint number = slot_find(self, key, ifcfg_key_bit(key));
    if (self->index)
        g_hash_table_remove(self->index, key);
    while (number) {
        Slot *slot = slot_at(self, number - 1);
        g_clear_pointer(&slot->assignment.key, g_free);
        slot->bit = 0;
        number = slot->before;
        self->has_holes = TRUE;
    }
}

/* Closes the gaps that `unset` left. */
static void record_compact(IfcfgRecord *self)
{
    if (!self->has_holes)
        return;
    GArray *old = self->slots;
    self->slots = g_array_sized_new(FALSE, FALSE, sizeof(Slot), old->len);
    g_array_set_clear_func(self->slots, slot_clear);
    g_clear_pointer(&self->index, g_hash_table_unref);
    for (guint i = 0; i < old->len; i++) {
        const Slot *slot = &g_array_index(old, Slot, i);
        if (slot->assignment.key)
            ifcfg_record_add(self, &slot->assignment, slot->end_line, slot->end_column);
    }
    g_array_unref(old);
    self->has_holes = FALSE;
}

/* @path: interned */
static gboolean record_extend(IfcfgRecord *self, int folder, const char *root, const char *path,
                              const IfcfgRecord *defaults, IfcfgProblems *problems, GError **error)
{
    gsize length;
    g_autofree char *text = ifcfg_file_read_in(folder, root, path, &length, problems, error);
    if (!text)
        return FALSE;
    ifcfg_reader_read(self, path, text, length, defaults, problems);
    record_compact(self);
    return TRUE;
}

gboolean ifcfg_record_extend_in(IfcfgRecord *self, int folder, const char *root, const char *path,
                                const IfcfgRecord *defaults, IfcfgProblems *problems, GError **error)
{
    return record_extend(self, folder, root, g_intern_string(path), defaults, problems, error);
}

gboolean ifcfg_record_extend(IfcfgRecord *self, const char *root, const char *path,
                             const IfcfgRecord *defaults, IfcfgProblems *problems, GError **error)
{
    return ifcfg_record_extend_in(self, -1, root, path, defaults, problems, error);
}

IfcfgRecord *ifcfg_record_load_in(int folder, const char *root, const char *path, const IfcfgRecord *defaults,
                                  IfcfgProblems *problems, GError **error)
{
    g_autoptr(IfcfgRecord) self = record_new(path);
    return record_extend(self, folder, root, self->path, defaults, problems, error) ? g_steal_pointer(&self)
                                                                                    : NULL;
}

IfcfgRecord *ifcfg_record_load(const char *root, const char *path, const IfcfgRecord *defaults,
                               IfcfgProblems *problems, GError **error)
{
    return ifcfg_record_load_in(-1, root, g_intern_string(path), defaults, problems, error);
}

IfcfgRecord *ifcfg_record_parse(const char *name, const char *text, gsize length, const IfcfgRecord *defaults,
                                IfcfgProblems *problems)
{
    IfcfgRecord *self = record_new(g_intern_string(name));
    g_autoptr(GError) error = NULL;
    g_autofree char *copy = g_malloc(length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (ifcfg_text_clean(copy, &length, &error))
        ifcfg_reader_read(self, self->path, copy, length, defaults, problems);
    else
        ifcfg_file_report(problems, name, error);
    record_compact(self);
    return self;
}

guint64 ifcfg_record_bits(const IfcfgRecord *self)
{
    return self->seen;
}

const IfcfgAssignment *ifcfg_record_nth_counting(const IfcfgRecord *self, guint index)
{
    const Slot *slot = slot_at(self, index);
    return slot->is_superseded ? NULL : &slot->assignment;
}

const char *ifcfg_record_path(const IfcfgRecord *self)
{
    return self->path;
}

guint ifcfg_record_length(const IfcfgRecord *self)
{
    return self->slots->len;
}

const IfcfgAssignment *ifcfg_record_nth(const IfcfgRecord *self, guint index)
{
    g_return_val_if_fail(index < self->slots->len, NULL);
    return &slot_at(self, index)->assignment;
}

const IfcfgAssignment *ifcfg_record_find(const IfcfgRecord *self, const char *key)
{
    guint number = slot_find(self, key, ifcfg_key_bit(key));
    return number ? &slot_at(self, number - 1)->assignment : NULL;
}

const char *ifcfg_record_get(const IfcfgRecord *self, const char *key)
{
    const IfcfgAssignment *assignment = ifcfg_record_find(self, key);
    return assignment ? assignment->value : NULL;
}

void ifcfg_record_end(const IfcfgRecord *self, guint index, guint *ret_line, guint *ret_column)
{
    const Slot *slot = slot_at(self, index);
    *ret_line = slot->end_line;
    *ret_column = slot->end_column;
}

IfcfgWhere ifcfg_assignment_where(const IfcfgAssignment *assignment)
{
    return (IfcfgWhere){assignment->where.file, assignment->value_line, assignment->value_column};
}

IfcfgWhere ifcfg_record_where(const IfcfgRecord *self, const char *key)
{
    const IfcfgAssignment *assignment = ifcfg_record_find(self, key);
    return assignment ? ifcfg_assignment_where(assignment) : (IfcfgWhere){.file = self->path};
}

static gboolean is_one_of(const char *value, const char *const *words)
{
    char first = value ? g_ascii_tolower(*value) : '\0';
    for (; first && *words; words++)
        if (first == **words && !g_ascii_strcasecmp(value, *words))
            return TRUE;
    return FALSE;
}

gboolean ifcfg_is_true(const char *value)
{
    static const char *const words[] = {"t", "y", "yes", "on", "true", "1", NULL};
    return is_one_of(value, words);
}

gboolean ifcfg_is_false(const char *value)
{
    static const char *const words[] = {"f", "n", "no", "off", "false", "0", NULL};
    return is_one_of(value, words);
}
