/* A lease as words: each member by its name. */
#include "plan/op-codec.h"
#include <sys/socket.h>

typedef struct {
    const char *name;
    gsize offset;
} Member;

#define MEMBER(name)                                                                                         \
    {                                                                                                        \
#name, G_STRUCT_OFFSET(NetLease, name)                                                               \
    }
static const Member texts[] = {MEMBER(hostname), MEMBER(fqdn), MEMBER(client_id), MEMBER(vendor_class),
                               MEMBER(args),     MEMBER(conf), MEMBER(leases)};
static const Member flags[] = {MEMBER(is_red_hat),   MEMBER(sends_hostname), MEMBER(releases),
                               MEMBER(is_fatal),     MEMBER(takes_dns),      MEMBER(takes_ntp),
                               MEMBER(takes_routes), MEMBER(takes_default)};

static void lease_put(GString *line, const char *key, gconstpointer field)
{
    const NetLease *lease = *(const NetLease *const *)field;
    if (!lease)
        return;
    op_put_word(line, key, net_client_name(lease->client));
    op_put_number_part(line, key, "family", lease->family == AF_INET6 ? 6 : 4);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        op_put_part(line, key, texts[i].name, G_STRUCT_MEMBER(char *, lease, texts[i].offset));
    for (gsize i = 0; i < G_N_ELEMENTS(flags); i++)
        op_put_number_part(line, key, flags[i].name,
                           (guint64)G_STRUCT_MEMBER(gboolean, lease, flags[i].offset));
    op_put_number_part(line, key, "metric", (guint64)(lease->metric + 1));
    op_put_number_part(line, key, "timeout", lease->timeout_s);
    op_put_where_part(line, key, &lease->where);
}

static void lease_get(OpReader *self, const char *key, gpointer field)
{
    g_autofree char *name = op_get_word(self, key);
    NetClient client = name ? net_client_find(name) : NET_CLIENT_LAST;
    if (client == NET_CLIENT_LAST) {
        op_set_fault(self, key, name);
        return;
    }
    NetLease *lease = g_new0(NetLease, 1);
    net_pool_keep(self->plan->pool, lease, (GDestroyNotify)net_lease_free);
    lease->client = client;
    lease->family = op_get_number_part(self, key, "family", 6) == 6 ? AF_INET6 : AF_INET;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        G_STRUCT_MEMBER(char *, lease, texts[i].offset) = op_get_part(self, key, texts[i].name);
    for (gsize i = 0; i < G_N_ELEMENTS(flags); i++)
        G_STRUCT_MEMBER(gboolean, lease, flags[i].offset) =
            (gboolean)op_get_number_part(self, key, flags[i].name, 1);
    lease->metric = (gint64)op_get_number_part(self, key, "metric", (guint64)G_MAXUINT32 + 1) - 1;
    lease->timeout_s = (guint)op_get_number_part(self, key, "timeout", G_MAXUINT32);
    op_get_where_part(self, key, &lease->where);
    *(const NetLease **)field = lease;
}

const OpCodec op_codec_lease = {lease_put, lease_get};
