/* One nexthop object, and its text. */
#include "state/nexthop.h"
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

NetNexthop *net_nexthop_copy(const NetNexthop *self)
{
    NetNexthop *copy = g_memdup2(self, sizeof *self);
    copy->dev = g_strdup(self->dev);
    return copy;
}

void net_nexthop_free(NetNexthop *self)
{
    if (!self)
        return;
    g_free(self->dev);
    g_free(self);
}

gboolean net_nexthop_has_path(const NetNexthop *a, const NetNexthop *b)
{
    return !a->is_other && !b->is_other && ifcfg_ip_equal(&a->via, &b->via) && !g_strcmp0(a->dev, b->dev) &&
           !a->onlink == !b->onlink;
}

char *net_nexthop_format(const NetNexthop *self)
{
    GString *text = g_string_new(NULL);
    g_autofree char *via = ifcfg_ip_format(&self->via);
    g_string_printf(text, "id %u", self->id);
    if (self->is_other)
        return g_string_free(text, FALSE);
    g_string_append_printf(text, " via %s dev %s", via, self->dev);
    if (self->onlink)
        g_string_append(text, " onlink");
    if (self->protocol && self->protocol != RTPROT_BOOT)
        g_string_append_printf(text, " proto %u", self->protocol);
    return g_string_free(text, FALSE);
}

/* What stands behind the device. */
static gboolean parse_rest(NetNexthop *self, char **words)
{
    guint64 protocol;
    for (; *words; words++) {
        if (g_str_equal(*words, "onlink"))
            self->onlink = TRUE;
        else if (g_str_equal(*words, "proto") && words[1] &&
                 g_ascii_string_to_unsigned(*++words, 10, 1, G_MAXUINT8, &protocol, NULL))
            self->protocol = (guint8)protocol;
        else
            return FALSE;
    }
    return TRUE;
}

NetNexthop *net_nexthop_parse(const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    g_autoptr(NetNexthop) self = g_new0(NetNexthop, 1);
    guint64 id;
    if (g_strv_length(words) < 6 || strcmp(words[0], "id") != 0 || strcmp(words[2], "via") != 0 ||
        strcmp(words[4], "dev") != 0 ||
        !g_ascii_string_to_unsigned(words[1], 10, 1, G_MAXUINT32, &id, NULL) ||
        !ifcfg_ip_parse(words[3], AF_UNSPEC, &self->via) || !*words[5] || !parse_rest(self, words + 6))
        return NULL;
    self->id = (guint32)id;
    self->dev = g_strdup(words[5]);
    return g_steal_pointer(&self);
}
