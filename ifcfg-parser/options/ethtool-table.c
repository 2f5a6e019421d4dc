/* The settings of ethtool that the kernel has as netlink messages; no logic. Sources: ethtool(8), and
 * include/uapi/linux/ethtool_netlink.h, net/ethtool/ of the kernel. */
#include "ethtool-options.h"

#include <linux/ethtool_netlink.h>

/* Younger than the headers of the oldest supported build system (Linux 6.1). */
enum {
    ATTR_RINGS_RX_PUSH = 14,
    ATTR_RINGS_TX_PUSH_BUF_LEN = 15,
    ATTR_COALESCE_TX_AGGR_MAX_BYTES = 26,
    ATTR_COALESCE_TX_AGGR_MAX_FRAMES = 27,
    ATTR_COALESCE_TX_AGGR_TIME_USECS = 28,
};

#define ROW(name_, kind_, width_, get_, attr_)                                                               \
    .option = {.name = name_, .kind = LINK_VALUE_##kind_, .width = width_, .attr = attr_, .fallback = ""},   \
    .get = ETHTOOL_MSG_##get_##_GET
#define NUMBER(name_, get_, attr_) ROW(name_, UINT, 4, get_, attr_), .option.max = G_MAXUINT32
#define SWITCH(name_, get_, attr_) ROW(name_, FLAG, 1, get_, attr_)
#define NAMED(name_, get_, attr_, names_) ROW(name_, ENUM, 1, get_, attr_), .option.names = names_

static const LinkName names_duplex[] = {{"half", 0}, {"full", 1}, {NULL, 0}};
static const LinkName names_port[] = {{"tp", 0},  {"aui", 1}, {"mii", 2}, {"fibre", 3},
                                      {"bnc", 4}, {"da", 5},  {NULL, 0}};
static const LinkName names_mdix[] = {{"off", 1}, {"on", 2}, {"auto", 3}, {NULL, 0}};

/* Wake-on-LAN: WAKE_* of linux/ethtool.h by letter. The split makes bits of them. */
static const LinkName names_wol[] = {{"p", 1},  {"u", 2},  {"m", 4},   {"b", 8}, {"a", 16},
                                     {"g", 32}, {"s", 64}, {"f", 128}, {"d", 0}, {NULL, 0}};

static const EthtoolRow rows_settings[] = {
    {NAMED("duplex", LINKMODES, ETHTOOL_A_LINKMODES_DUPLEX, names_duplex)},
    {SWITCH("autoneg", LINKMODES, ETHTOOL_A_LINKMODES_AUTONEG)},
    {NUMBER("speed", LINKMODES, ETHTOOL_A_LINKMODES_SPEED)},
    {NUMBER("lanes", LINKMODES, ETHTOOL_A_LINKMODES_LANES)},
    {NAMED("port", LINKINFO, ETHTOOL_A_LINKINFO_PORT, names_port)},
    {ROW("phyad", UINT, 1, LINKINFO, ETHTOOL_A_LINKINFO_PHYADDR), .option.max = 31},
    {NAMED("mdix", LINKINFO, ETHTOOL_A_LINKINFO_TP_MDIX_CTRL, names_mdix)},
    {NAMED("wol", WOL, ETHTOOL_A_WOL_MODES, names_wol), .form = ETHTOOL_FORM_BITS},
};

static const EthtoolRow rows_rings[] = {
    {NUMBER("rx", RINGS, ETHTOOL_A_RINGS_RX)},
    {NUMBER("rx-mini", RINGS, ETHTOOL_A_RINGS_RX_MINI)},
    {NUMBER("rx-jumbo", RINGS, ETHTOOL_A_RINGS_RX_JUMBO)},
    {NUMBER("tx", RINGS, ETHTOOL_A_RINGS_TX)},
    {NUMBER("rx-buf-len", RINGS, ETHTOOL_A_RINGS_RX_BUF_LEN)},
    {NUMBER("cqe-size", RINGS, ETHTOOL_A_RINGS_CQE_SIZE)},
    {SWITCH("tx-push", RINGS, ETHTOOL_A_RINGS_TX_PUSH)},
    {SWITCH("rx-push", RINGS, ATTR_RINGS_RX_PUSH)},
    {NUMBER("tx-push-buf-len", RINGS, ATTR_RINGS_TX_PUSH_BUF_LEN)},
};

static const EthtoolRow rows_channels[] = {
    {NUMBER("rx", CHANNELS, ETHTOOL_A_CHANNELS_RX_COUNT)},
    {NUMBER("tx", CHANNELS, ETHTOOL_A_CHANNELS_TX_COUNT)},
    {NUMBER("other", CHANNELS, ETHTOOL_A_CHANNELS_OTHER_COUNT)},
    {NUMBER("combined", CHANNELS, ETHTOOL_A_CHANNELS_COMBINED_COUNT)},
};

#define COALESCE(name_, attr_) NUMBER(name_, COALESCE, ETHTOOL_A_COALESCE_##attr_)
static const EthtoolRow rows_coalesce[] = {
    {SWITCH("adaptive-rx", COALESCE, ETHTOOL_A_COALESCE_USE_ADAPTIVE_RX)},
    {SWITCH("adaptive-tx", COALESCE, ETHTOOL_A_COALESCE_USE_ADAPTIVE_TX)},
    {COALESCE("rx-usecs", RX_USECS)},
    {COALESCE("rx-frames", RX_MAX_FRAMES)},
    {COALESCE("rx-usecs-irq", RX_USECS_IRQ)},
    {COALESCE("rx-frames-irq", RX_MAX_FRAMES_IRQ)},
    {COALESCE("tx-usecs", TX_USECS)},
    {COALESCE("tx-frames", TX_MAX_FRAMES)},
    {COALESCE("tx-usecs-irq", TX_USECS_IRQ)},
    {COALESCE("tx-frames-irq", TX_MAX_FRAMES_IRQ)},
    {COALESCE("stats-block-usecs", STATS_BLOCK_USECS)},
    {COALESCE("pkt-rate-low", PKT_RATE_LOW)},
    {COALESCE("rx-usecs-low", RX_USECS_LOW)},
    {COALESCE("rx-frames-low", RX_MAX_FRAMES_LOW)},
    {COALESCE("tx-usecs-low", TX_USECS_LOW)},
    {COALESCE("tx-frames-low", TX_MAX_FRAMES_LOW)},
    {COALESCE("pkt-rate-high", PKT_RATE_HIGH)},
    {COALESCE("rx-usecs-high", RX_USECS_HIGH)},
    {COALESCE("rx-frames-high", RX_MAX_FRAMES_HIGH)},
    {COALESCE("tx-usecs-high", TX_USECS_HIGH)},
    {COALESCE("tx-frames-high", TX_MAX_FRAMES_HIGH)},
    {COALESCE("sample-interval", RATE_SAMPLE_INTERVAL)},
    {SWITCH("cqe-mode-rx", COALESCE, ETHTOOL_A_COALESCE_USE_CQE_MODE_RX)},
    {SWITCH("cqe-mode-tx", COALESCE, ETHTOOL_A_COALESCE_USE_CQE_MODE_TX)},
    {NUMBER("tx-aggr-max-bytes", COALESCE, ATTR_COALESCE_TX_AGGR_MAX_BYTES)},
    {NUMBER("tx-aggr-max-frames", COALESCE, ATTR_COALESCE_TX_AGGR_MAX_FRAMES)},
    {NUMBER("tx-aggr-time-usecs", COALESCE, ATTR_COALESCE_TX_AGGR_TIME_USECS)},
};

static const EthtoolRow rows_pause[] = {
    {SWITCH("autoneg", PAUSE, ETHTOOL_A_PAUSE_AUTONEG)},
    {SWITCH("rx", PAUSE, ETHTOOL_A_PAUSE_RX)},
    {SWITCH("tx", PAUSE, ETHTOOL_A_PAUSE_TX)},
};

static const EthtoolRow rows_eee[] = {
    {SWITCH("eee", EEE, ETHTOOL_A_EEE_ENABLED)},
    {SWITCH("tx-lpi", EEE, ETHTOOL_A_EEE_TX_LPI_ENABLED)},
    {NUMBER("tx-timer", EEE, ETHTOOL_A_EEE_TX_LPI_TIMER)},
};

#define ROWS(rows_) .rows = rows_, .n = G_N_ELEMENTS(rows_)
static const EthtoolVerb verbs[] = {
    {"-s", "--change", ROWS(rows_settings)},       {"-K", "--features", .has_features = TRUE},
    {"-K", "--offload", .has_features = TRUE},     {"-G", "--set-ring", ROWS(rows_rings)},
    {"-L", "--set-channels", ROWS(rows_channels)}, {"-C", "--coalesce", ROWS(rows_coalesce)},
    {"-A", "--pause", ROWS(rows_pause)},           {"--set-eee", "--set-eee", ROWS(rows_eee)},
};

static const EthtoolFeature features[] = {
    {"rx", "rx-checksumming", "rx-checksum"},
    {"tx", "tx-checksumming", "tx-checksum-*"},
    {"sg", "scatter-gather", "tx-scatter-gather*"},
    {"tso", "tcp-segmentation-offload", "tx-tcp*-segmentation"},
    {"ufo", "udp-fragmentation-offload", "tx-udp-fragmentation"},
    {"gso", "generic-segmentation-offload", "tx-generic-segmentation"},
    {"gro", "generic-receive-offload", "rx-gro"},
    {"lro", "large-receive-offload", "rx-lro"},
    {"rxvlan", "rx-vlan-offload", "rx-vlan-hw-parse"},
    {"txvlan", "tx-vlan-offload", "tx-vlan-hw-insert"},
    {"ntuple", "ntuple-filters", "rx-ntuple-filter"},
    {"rxhash", "receive-hashing", "rx-hashing"},
};

const EthtoolVerb *ethtool_verbs(gsize *ret_count)
{
    *ret_count = G_N_ELEMENTS(verbs);
    return verbs;
}

const EthtoolVerb *ethtool_verb_find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (g_str_equal(verbs[i].name, name) || g_str_equal(verbs[i].alias, name))
            return &verbs[i];
    return NULL;
}

const EthtoolRow *ethtool_verb_row(const EthtoolVerb *verb, const char *word)
{
    for (gsize i = 0; i < verb->n; i++)
        if (g_str_equal(verb->rows[i].option.name, word))
            return &verb->rows[i];
    return NULL;
}

const char *ethtool_feature_pattern(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(features); i++)
        if (g_str_equal(features[i].name, word) || g_str_equal(features[i].alias, word))
            return features[i].pattern;
    return word;
}
