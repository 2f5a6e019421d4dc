/* Programs of an operation as words: each program's arguments, lines of one word. */
#include "plan/op-codec.h"

/* "!PATH\nARGUMENT": one whose failure counts; else "-PATH". */
static void put_program(GString *line, const char *key, guint index, const NetProgram *program)
{
    g_autofree char *part = g_strdup_printf("%u", index), *words = g_strjoinv("\n", program->argv);
    g_autofree char *text = g_strconcat(program->may_fail ? "-" : "!", words, NULL);
    op_put_part(line, key, part, text);
}

static void put_run(GString *line, const char *key, gconstpointer field)
{
    const NetRun *run = *(const NetRun *const *)field;
    g_autofree char *environment = run && run->environment ? g_strjoinv("\n", run->environment) : NULL;
    if (!run)
        return;
    op_put_number(line, key, run->programs->len);
    for (guint i = 0; i < run->programs->len; i++)
        put_program(line, key, i, g_ptr_array_index(run->programs, i));
    op_put_part(line, key, "environment", environment);
    op_put_part(line, key, "folder", run->folder);
    op_put_number_part(line, key, "limit", run->limit_ms);
    op_put_number_part(line, key, "trusted", run->is_trusted);
}

static void get_program(OpReader *self, const char *key, guint index, NetRun *run)
{
    g_autofree char *part = g_strdup_printf("%u", index), *text = op_get_part(self, key, part);
    if (text && (*text == '-' || *text == '!') && text[1])
        net_run_add(run, g_strsplit(text + 1, "\n", -1), *text == '-');
    else
        op_set_fault(self, key, text);
}

static void get_run(OpReader *self, const char *key, gpointer field)
{
    guint length = (guint)op_get_number(self, key, 1000);
    g_autofree char *environment = op_get_part(self, key, "environment");
    if (!length)
        return;
    NetRun *run = net_pool_keep(self->plan->pool, net_run_new(0), (GDestroyNotify)net_run_free);
    for (guint i = 0; i < length; i++)
        get_program(self, key, i, run);
    run->environment = environment ? g_strsplit(environment, "\n", -1) : NULL;
    run->folder = op_get_part(self, key, "folder");
    run->limit_ms = (guint)op_get_number_part(self, key, "limit", G_MAXUINT);
    run->is_trusted = op_get_number_part(self, key, "trusted", 1) != 0;
    *(const NetRun **)field = run;
}

const OpCodec op_codec_run = {put_run, get_run};
