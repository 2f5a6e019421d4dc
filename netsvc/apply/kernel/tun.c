/* Makes tuns and taps (drivers/net/tun.c, tun_chr_ioctl()). */
#include "apply/kernel/tun.h"
#include "apply/kernel/modules.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static gboolean setting_find(const GPtrArray *settings, const char *name, unsigned long *ret_number)
{
    for (guint i = 0; settings && i < settings->len; i++) {
        const LinkSetting *setting = g_ptr_array_index(settings, i);
        if (!g_str_equal(setting->name, name))
            continue;
        *ret_number = (unsigned long)setting->number;
        return TRUE;
    }
    return FALSE;
}

static int device_set_up(int fd, const char *dev, const GPtrArray *settings)
{
    unsigned long type = IFF_TAP, owner, group;
    struct ifreq request = {0};

    setting_find(settings, "type", &type);
    g_strlcpy(request.ifr_name, dev, sizeof request.ifr_name);
    request.ifr_flags = (short)(type | IFF_NO_PI);
    if (ioctl(fd, TUNSETIFF, &request) < 0)
        return errno;
    if (setting_find(settings, "owner", &owner) && ioctl(fd, TUNSETOWNER, owner) < 0)
        return errno;
    if (setting_find(settings, "group", &group) && ioctl(fd, TUNSETGROUP, group) < 0)
        return errno;
    return ioctl(fd, TUNSETPERSIST, 1) < 0 ? errno : 0;
}

/* Where nobody makes the file beforehand (kmod static-nodes), it comes with the driver. */
static int file_open(void)
{
    int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
    if (fd >= 0 || errno != ENOENT)
        return fd;
    module_load("tun", NULL, NULL);
    return open("/dev/net/tun", O_RDWR | O_CLOEXEC);
}

int tun_create(const char *dev, const GPtrArray *settings)
{
    int fd = file_open();
    int code = fd < 0 ? errno : device_set_up(fd, dev, settings);

    if (fd >= 0)
        close(fd);
    return code == ENOENT ? EOPNOTSUPP : code; /* without the module there is no file */
}
