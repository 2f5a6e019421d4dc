/* A value of each option that its row accepts and that is not the default: for tests, fuzzing and help. */
#include "link-private.h"

static gint64 default_number(const LinkOption *option)
{
    gint64 number;
    g_autofree char *normal = link_option_normalize(option, option->fallback, &number, NULL);

    return normal ? number : option->min;
}

/* Twice the default and a hundred: in range for nearly all, and for delays a multiple of a miimon sample of
 * 100. */
static char *sample_number(const LinkOption *option)
{
    gint64 fallback = default_number(option), number = MIN(fallback * 2 + 100, (gint64)option->max);

    return link_option_format(option, number == fallback ? option->min : number);
}

static char *sample_name(const LinkOption *option)
{
    gint64 fallback = default_number(option);
    const LinkName *name = link_kind_is_flag(option->kind) ? link_flag_names : option->names;

    while (name[1].name && name->number == fallback)
        name++;
    return g_strdup(name->name);
}

char *link_option_sample(const LinkOption *option, const char *link)
{
    switch ((LinkValueKind)option->kind) {
    case LINK_VALUE_BE:
        if (link_option_is_enum(option))
            return sample_name(option);
        return sample_number(option);
    case LINK_VALUE_UINT:
    case LINK_VALUE_MASK:
    case LINK_VALUE_TICKS:
        return sample_number(option);
    case LINK_VALUE_INT:
        return g_strdup("1");
    case LINK_VALUE_FLAG:
    case LINK_VALUE_BIT:
    case LINK_VALUE_ENUM:
        return sample_name(option);
    case LINK_VALUE_IFNAME:
        return g_strdup(link);
    case LINK_VALUE_IP4: /* RFC 5737 */
        return g_strdup("192.0.2.1");
    case LINK_VALUE_IP6: /* RFC 3849 */
        return g_strdup("2001:db8::1");
    case LINK_VALUE_IP4LIST:
        return g_strdup("192.0.2.1,192.0.2.2");
    case LINK_VALUE_IP6LIST:
        return g_strdup("2001:db8::1,2001:db8::2");
    case LINK_VALUE_MAC:
        return g_strdup(link_option_is_multicast(option) ? "01:80:c2:00:00:05" : "02:00:00:00:00:01");
    case LINK_VALUE_MAP:
        return g_strdup("2:3 4:1");
    case LINK_VALUE_TEXT:
        return g_strdup("text");
    case LINK_VALUE_LAST:
        break;
    }
    g_assert_not_reached();
}
