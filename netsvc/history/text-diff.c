/* The longest common lines of two texts are left out; the rest is what differs. */
#include "history/text-diff.h"
#include <string.h>

/* More than this no file of an interface has; beyond it all of the middle counts as changed. */
enum { CELLS_MAX = 4000000 };

static char **lines_of(const char *text, guint *ret_count)
{
    char **lines = g_strsplit(text ? text : "", "\n", -1);
    guint count = g_strv_length(lines);
    *ret_count = count && !*lines[count - 1] ? count - 1 : count;
    return lines;
}

typedef struct {
    char **old, **new;
    guint n_old, n_new;
    guint16 *common; /* of what follows: lengths */
    GString *out;
} Diff;

static guint16 *cell(const Diff *self, guint i, guint j)
{
    return &self->common[i * (self->n_new + 1) + j];
}

static void table_fill(const Diff *self)
{
    for (guint i = self->n_old; i-- > 0;)
        for (guint j = self->n_new; j-- > 0;)
            *cell(self, i, j) = g_str_equal(self->old[i], self->new[j])
                                    ? (guint16)(*cell(self, i + 1, j + 1) + 1)
                                    : MAX(*cell(self, i + 1, j), *cell(self, i, j + 1));
}

static void table_walk(const Diff *self)
{
    guint i = 0, j = 0;
    while (i < self->n_old || j < self->n_new) {
        if (i < self->n_old && j < self->n_new && g_str_equal(self->old[i], self->new[j])) {
            i++;
            j++;
        } else if (i < self->n_old && (j == self->n_new || *cell(self, i + 1, j) >= *cell(self, i, j + 1)))
            g_string_append_printf(self->out, "-%s\n", self->old[i++]);
        else
            g_string_append_printf(self->out, "+%s\n", self->new[j++]);
    }
}

static void all_differ(const Diff *self)
{
    for (guint i = 0; i < self->n_old; i++)
        g_string_append_printf(self->out, "-%s\n", self->old[i]);
    for (guint i = 0; i < self->n_new; i++)
        g_string_append_printf(self->out, "+%s\n", self->new[i]);
}

void text_diff(const char *old, const char *new, GString *out)
{
    Diff self = {.out = out};
    g_auto(GStrv) a = lines_of(old, &self.n_old), b = lines_of(new, &self.n_new);
    self.old = a;
    self.new = b;
    while (self.n_old && self.n_new && g_str_equal(*self.old, *self.new)) {
        self.old++;
        self.new ++;
        self.n_old--;
        self.n_new--;
    }
    while (self.n_old && self.n_new && g_str_equal(self.old[self.n_old - 1], self.new[self.n_new - 1])) {
        self.n_old--;
        self.n_new--;
    }
    if ((guint64)(self.n_old + 1) * (self.n_new + 1) > CELLS_MAX ||
        MAX(self.n_old, self.n_new) > G_MAXUINT16) {
        all_differ(&self);
        return;
    }
    g_autofree guint16 *common = g_new0(guint16, (gsize)(self.n_old + 1) * (self.n_new + 1));
    self.common = common;
    table_fill(&self);
    table_walk(&self);
}
