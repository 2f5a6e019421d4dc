/* Reads a case file: sections that begin with `== NAME ==`. */
#include "case-file.h"
#include <string.h>

static void step_free(CaseStep *self)
{
    g_string_free(self->files, TRUE);
    for (char **text = &self->kernel; text <= &self->state; text++)
        g_free(*text);
    g_free(self);
}

static CaseStep *step_add(Case *self)
{
    CaseStep *step = g_new0(CaseStep, 1);
    step->files = g_string_new(NULL);
    g_ptr_array_add(self->steps, step);
    return step;
}

static gboolean is_file(const char *name)
{
    static const char *const prefixes[] = {"ifcfg-", "route-", "route6-", "rule-", "rule6-", "/", "keys-"};
    for (guint i = 0; i < G_N_ELEMENTS(prefixes); i++)
        if (g_str_has_prefix(name, prefixes[i]))
            return TRUE;
    return g_str_equal(name, "network");
}

static char **step_text(CaseStep *step, const char *name)
{
    const struct {
        const char *name;
        char **text;
    } texts[] = {{"kernel", &step->kernel},     {"run", &step->run},   {"problems", &step->problems},
                 {"plan", &step->plan},         {"says", &step->says}, {"state", &step->state},
                 {"resolv.conf", &step->resolv}};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        if (g_str_equal(texts[i].name, name))
            return texts[i].text;
    return NULL;
}

static void section_take(Case *self, const char *name, const char *body)
{
    CaseStep *step = g_ptr_array_index(self->steps, self->steps->len - 1);
    char **text = step_text(step, name);
    if (is_file(name))
        g_string_append_printf(step->files, "@%s\n%s",
                               g_str_equal(name, "network") ? "/etc/sysconfig/network" : name, body);
    else if (g_str_equal(name, "again"))
        step_add(self);
    else if (g_str_equal(name, "only"))
        self->guest_only = g_str_equal(body, "guest\n");
    else if (text && !*text)
        *text = g_strdup(body);
    else
        g_error("%s: '== %s ==' is unknown, or there twice", self->name, name);
}

/* The name in `== NAME ==`, or NULL. */
static char *heading(const char *line)
{
    gsize length = strlen(line);
    return length > 6 && g_str_has_prefix(line, "== ") && g_str_has_suffix(line, " ==")
               ? g_strndup(line + 3, length - 6)
               : NULL;
}

Case *case_read(const char *path)
{
    g_autofree char *text = NULL, *base = g_path_get_basename(path), *section = NULL;
    g_autoptr(GString) body = g_string_new(NULL);
    Case *self = g_new0(Case, 1);
    if (!g_file_get_contents(path, &text, NULL, NULL))
        g_error("%s cannot be read", path);
    self->name = g_steal_pointer(&base);
    self->steps = g_ptr_array_new_with_free_func((GDestroyNotify)step_free);
    step_add(self);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line && (*line[0] || line[1]); line++) {
        g_autofree char *name = heading(*line);
        if (!name) {
            g_string_append_printf(body, "%s\n", *line);
            continue;
        }
        if (section)
            section_take(self, section, body->str);
        else
            self->about = g_strdup(body->str);
        g_free(section);
        section = g_steal_pointer(&name);
        g_string_truncate(body, 0);
    }
    section_take(self, section ? section : "", body->str);
    return self;
}

void case_free(Case *self)
{
    g_free(self->name);
    g_free(self->about);
    g_ptr_array_unref(self->steps);
    g_free(self);
}
