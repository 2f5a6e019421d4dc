/* The secret that interface identifiers of RFC 7217 are made with: the same at each boot, another one for
 * each host and device, and nothing that the machine's id could be told from. */
#include "apply/kernel/stable-secret.h"
#include "apply/kernel/sysfs.h"
#include "ifcfg-ip.h"
#include <errno.h>
#include <linux/if_link.h>
#include <string.h>
#include <sys/socket.h>

enum { SECRET_BYTES = 16 };

static char *secret_of(const char *dev)
{
    g_autofree char *machine = NULL;
    if (!g_file_get_contents("/etc/machine-id", &machine, NULL, NULL) || !*g_strstrip(machine))
        return NULL;
    g_autofree char *digest = g_compute_hmac_for_string(G_CHECKSUM_SHA256, (const guchar *)machine,
                                                        strlen(machine), dev, (gssize)strlen(dev));
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < SECRET_BYTES; i += 2)
        g_string_append_printf(text, "%s%.4s", i ? ":" : "", digest + 2 * (gsize)i);
    return g_string_free(text, FALSE);
}

/* addrconf_sysctl_stable_secret() of net/ipv6/addrconf.c: it cannot be read where there is none. */
static char *secret_read(const char *dev)
{
    g_autofree char *path = g_strdup_printf("/proc/sys/net/ipv6/conf/%s/stable_secret", dev), *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) && *g_strstrip(text) ? g_steal_pointer(&text) : NULL;
}

gboolean stable_secret_is_of_others(const char *dev)
{
    g_autofree char *present = secret_read(dev), *own = secret_of(dev);
    IfcfgIp a, b;
    if (!present)
        return FALSE;
    return !own || !ifcfg_ip_parse(present, AF_INET6, &a) || !ifcfg_ip_parse(own, AF_INET6, &b) ||
           !ifcfg_ip_equal(&a, &b);
}

int stable_secret_ensure(const char *key, const char *value)
{
    g_autofree char *mode = g_strdup_printf("%d", IN6_ADDR_GEN_MODE_STABLE_PRIVACY);
    g_auto(GStrv) parts = g_strsplit(key, "/", 4); /* ipv6/conf/DEVICE/addr_gen_mode */
    if (g_strv_length(parts) != 4 || !g_str_equal(parts[3], "addr_gen_mode") || !g_str_equal(value, mode))
        return 0;
    g_autofree char *secret_key = g_strdup_printf("ipv6/conf/%s/stable_secret", parts[2]);
    g_autofree char *present = secret_read(parts[2]), *secret = secret_of(parts[2]);
    if (present)
        return 0;
    return secret ? procfs_write(secret_key, secret) : ENOENT;
}
