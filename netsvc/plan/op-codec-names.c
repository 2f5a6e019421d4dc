/* Shares of resolv.conf as words of an operation on disk. */
#include "plan/op-codec.h"

static char *names_text(const NetNames *names)
{
    g_autoptr(GPtrArray) lines = net_names_lines(names);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

static NetNames *names_read(const char *text)
{
    NetNames *names = net_names_new();
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        net_names_add_line(names, *line);
    return names;
}

static void put_names(GString *line, const char *key, gconstpointer field)
{
    const NetNames *names = *(const NetNames *const *)field;
    if (!names)
        return;
    g_autofree char *text = names_text(names);
    op_put_word(line, key, text);
    op_put_where_part(line, key, &names->where);
}

static void get_names(OpReader *self, const char *key, gpointer field)
{
    g_autofree char *text = op_get_word(self, key);
    if (!text)
        return;
    NetNames *names = net_pool_keep(self->plan->pool, names_read(text), (GDestroyNotify)net_names_free);
    op_get_where_part(self, key, &names->where);
    *(const NetNames **)field = names;
}

static char *part_name(guint index, const char *part)
{
    return g_strdup_printf("%u.%s", index, part);
}

/* Three words a share: KEY.0.dev, KEY.0.rank, KEY.0.names. */
static void put_shares(GString *line, const char *key, gconstpointer field)
{
    const GPtrArray *shares = *(const GPtrArray *const *)field;
    for (guint i = 0; shares && i < shares->len; i++) {
        const ResolvShare *share = shares->pdata[i];
        g_autofree char *dev = part_name(i, "dev"), *rank = part_name(i, "rank");
        g_autofree char *names = part_name(i, "names"), *text = names_text(share->names);
        op_put_part(line, key, dev, share->dev);
        op_put_number_part(line, key, rank, share->rank);
        op_put_part(line, key, names, text);
    }
}

static void get_shares(OpReader *self, const char *key, gpointer field)
{
    ResolvConf *all = g_new0(ResolvConf, 1);
    resolv_conf_init(all);
    net_pool_keep(self->plan->pool, all->shares, (GDestroyNotify)g_ptr_array_unref);
    net_pool_keep(self->plan->pool, all, g_free);
    for (guint i = 0;; i++) {
        g_autofree char *dev_part = part_name(i, "dev"), *rank_part = part_name(i, "rank");
        g_autofree char *names_part = part_name(i, "names"), *dev = op_get_part(self, key, dev_part);
        if (!dev)
            break;
        g_autofree char *text = op_get_part(self, key, names_part);
        g_autoptr(NetNames) names = names_read(text ? text : "");
        resolv_conf_note(all, dev, (guint)op_get_number_part(self, key, rank_part, G_MAXUINT), names);
    }
    *(const GPtrArray **)field = all->shares;
}

const OpCodec op_codec_names = {put_names, get_names};
const OpCodec op_codec_shares = {put_shares, get_shares};
