/* Who contributes what to resolv.conf: lists of shares, by rank. */
#include "state/resolv-conf.h"

ResolvShare *resolv_share_new(const char *dev, guint rank, NetNames *names)
{
    ResolvShare *share = g_new0(ResolvShare, 1);
    *share = (ResolvShare){1, g_strdup(dev), rank, names};
    return share;
}

static void share_unref(ResolvShare *share)
{
    if (--share->refs)
        return;
    g_free(share->dev);
    net_names_free(share->names);
    g_free(share);
}

GPtrArray *resolv_shares_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)share_unref);
}

gboolean resolv_shares_put(GPtrArray *shares, const char *dev, guint rank, const NetNames *names)
{
    guint place = 0, length = shares->len;
    for (guint i = shares->len; i-- > 0;)
        if (g_str_equal(((const ResolvShare *)shares->pdata[i])->dev, dev))
            g_ptr_array_remove_index(shares, i);
    if (net_names_is_empty(names))
        return shares->len == length;
    while (place < shares->len && ((const ResolvShare *)shares->pdata[place])->rank <= rank)
        place++;
    g_ptr_array_insert(shares, (gint)place, resolv_share_new(dev, rank, net_names_copy(names)));
    return place == length;
}

GPtrArray *resolv_shares_copy(const GPtrArray *shares)
{
    GPtrArray *copy = resolv_shares_new();
    for (guint i = 0; i < shares->len; i++) {
        ResolvShare *share = shares->pdata[i];
        share->refs++;
        g_ptr_array_add(copy, share);
    }
    return copy;
}
