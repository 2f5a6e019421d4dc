/* The rule between options of bridges that no row can say: br_stp_start() of net/bridge/br_stp_if.c raises a
 * forward delay that is too short for the spanning tree. */
#include "families.h"
#include "i18n.h"
#include "link-private.h"

/* BR_MIN_FORWARD_DELAY, in clock ticks */
enum { DELAY_MIN = 200 };

void bridge_check(LinkSettings *settings, const LinkCheck *check)
{
    LinkSetting *delay = link_settings_get(settings, "forward_delay");

    if (!delay || delay->number >= DELAY_MIN || !link_settings_number(settings, "stp_state"))
        return;
    link_check_warn(check, delay,
                    _("DELAY (forward_delay) is below the %u seconds that spanning tree takes at "
                      "least: these are used"),
                    (guint)DELAY_MIN / 100);
    g_autofree char *text = g_strdup_printf("%u", (guint)DELAY_MIN);
    link_setting_change(delay, text);
}
