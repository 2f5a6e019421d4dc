/* What a device reports of that which ethtool sets, and how it differs from what is asked for. No I/O. */
#pragma once
#include "ethtool-options.h"

/** "-G rx" -> "256"; of features "-K rx-gro" -> "on", or "on [fixed]" where nobody can change it; of modes of
 * the link "-s advertised" and "-s supported" -> "100baseT/Full 1000baseT/Full". Both owned. */
typedef GHashTable EthtoolState;

EthtoolState *ethtool_state_new(void);
EthtoolState *ethtool_state_copy(const EthtoolState *self);
void ethtool_state_put(EthtoolState *self, const char *verb, const char *word, const char *text);
const char *ethtool_state_get(const EthtoolState *self, const char *verb, const char *word);

/** Whether all of a part is known to be so; what the device does not report is not. @self may be NULL. */
gboolean ethtool_state_has(const EthtoolState *self, const EthtoolRequest *request);
/** The same of one setting. */
gboolean ethtool_state_has_setting(const EthtoolState *self, const EthtoolRequest *request,
                                   const EthtoolSetting *setting);
/** What is reported and is not as asked for: "rx is 256, expected 4096", to be freed; NULL: nothing.
 * @ret_setting (may be NULL): which one. */
char *ethtool_state_difference(const EthtoolState *self, const EthtoolRequest *request,
                               const EthtoolSetting **ret_setting);
/** As if the part had been done. */
void ethtool_state_foresee(EthtoolState *self, const EthtoolRequest *request);

/** Whether a part is `autoneg on` and leaves the modes to us: then it is all that the device has. */
gboolean ethtool_request_wants_all_modes(const EthtoolRequest *request);
