/* A nexthop object that an operation carries: as text, and read again. */
#include "plan/op-codec.h"

static void put_nexthop(GString *line, const char *key, gconstpointer field)
{
    const NetNexthop *nexthop = *(const NetNexthop *const *)field;
    g_autofree char *text = nexthop ? net_nexthop_format(nexthop) : NULL;
    op_put_word(line, key, text);
}

static void get_nexthop(OpReader *self, const char *key, gpointer field)
{
    g_autofree char *value = op_get_word(self, key);
    NetNexthop *nexthop = value ? net_nexthop_parse(value) : NULL;
    if (nexthop)
        *(const NetNexthop **)field =
            net_pool_keep(self->plan->pool, nexthop, (GDestroyNotify)net_nexthop_free);
    else if (value)
        op_set_fault(self, key, value);
}

const OpCodec op_codec_nexthop = {put_nexthop, get_nexthop};
