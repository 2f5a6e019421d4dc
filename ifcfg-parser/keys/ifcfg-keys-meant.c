/* What somebody meant who wrote a value that cannot be used: said in the place of what it is not. */
#include "ifcfg-keys-meant.h"
#include "i18n.h"
#include "ifcfg-ip.h"
#include <string.h>
#include <sys/socket.h>

/* Out of a word processor or a web page: quotes, dashes, full stops and blanks that no program knows. */
char *ifcfg_letter_fault(const char *value)
{
    const char *at = value;
    while (*at && g_ascii_isprint(*at))
        at++;
    if (!*at || (guchar)*at < 0x80)
        return NULL;
    gunichar letter = g_utf8_get_char_validated(at, -1);
    if (letter >= (gunichar)-2) /* another encoding */
        letter = (guchar)*at;
    return g_strdup_printf(
        _("'%s' has the character U+%04X, which only looks like the one that was meant: type it anew"), value,
        letter);
}

/* "[fd00::1]", "[fd00::1]/64" */
static char *without_brackets(const char *value)
{
    const char *end = strchr(value, ']');
    return *value == '[' && end ? g_strdup_printf("%.*s%s", (int)(end - value - 1), value + 1, end + 1)
                                : NULL;
}

/* "010.0.0.2": octal to some programs, `ip` among them, and not to others */
static char *without_zeros(const char *value)
{
    GString *text = g_string_new(NULL);
    for (const char *at = value; *at; at++) {
        gboolean begins = at == value || !g_ascii_isdigit(at[-1]);
        while (begins && at[0] == '0' && g_ascii_isdigit(at[1]))
            at++;
        g_string_append_c(text, *at);
    }
    return g_string_free(text, FALSE);
}

char *ifcfg_address_fault(const char *value, int family)
{
    g_autofree char *plain = without_brackets(value), *decimal = without_zeros(value);
    IfcfgPrefix prefix;
    if (plain && ifcfg_prefix_parse(plain, family, &prefix))
        return g_strdup_printf(_("'%s': write it without brackets, as %s"), value, plain);
    if (family != AF_INET6 && strcmp(decimal, value) != 0 && ifcfg_prefix_parse(decimal, AF_INET, &prefix))
        return g_strdup_printf(
            _("'%s' has zeros in front, and some programs read it as octal: write %s, if that is meant"),
            value, decimal);
    if (family == AF_INET && ifcfg_prefix_parse(plain ? plain : value, AF_INET6, &prefix))
        return g_strdup_printf(
            _("'%s' is an IPv6 address, but this key is for IPv4: write IPV6ADDR or IPV6_DEFAULTGW"), value);
    if (family == AF_INET6 && ifcfg_prefix_parse(value, AF_INET, &prefix))
        return g_strdup_printf(
            _("'%s' is an IPv4 address, but this key is for IPv6: write IPADDR or GATEWAY"), value);
    return NULL;
}
