/* Options of links and of ethtool by the tables: each is written, or named as lost. */
#include "export/export-private.h"
#include "i18n.h"
#include <string.h>
#include <sys/socket.h>

enum { TICKS_PER_SECOND = 100, MS_PER_TICK = 10 };

/* --- values --- */

typedef struct {
    ExportNodeKind kind;
    char *text;
    gint64 number;
} Value;

static char *word_find(const char *words, const char *text)
{
    g_auto(GStrv) list = g_strsplit(words, "|", -1);
    for (char **word = list; *word; word++) {
        gsize length = strcspn(*word, "=");
        if (strlen(text) == length && !strncmp(*word, text, length))
            return g_strdup((*word)[length] ? *word + length + 1 : *word);
    }
    return NULL;
}

static Value bool_value(gboolean is_true, const char *yes, const char *no)
{
    return (Value){EXPORT_BOOL, g_strdup(is_true ? yes : no), is_true};
}

static char *replaced(const char *text, const char *from, char to)
{
    return g_strdelimit(g_strdup(text), from, to);
}

/* Returns FALSE where the target does not take this value. */
static gboolean value_make(const ExportCell *cell, const char *text, gint64 number, Value *ret_value)
{
    Value value = {EXPORT_TEXT, NULL, number};
    switch ((ExportForm)cell->form) {
    case EXPORT_AS_NUMBER:
        value = (Value){EXPORT_NUMBER, g_strdup_printf("%" G_GINT64_FORMAT, number), number};
        break;
    case EXPORT_AS_BOOL:
        value = bool_value(number != 0, "true", "false");
        break;
    case EXPORT_AS_NOT:
        value = bool_value(number == 0, "true", "false");
        break;
    case EXPORT_AS_YES:
        value = bool_value(number != 0, "yes", "no");
        break;
    case EXPORT_AS_NO:
        value = bool_value(number == 0, "yes", "no");
        break;
    case EXPORT_AS_MS:
        value.text = g_strdup_printf("%" G_GINT64_FORMAT "ms", number);
        break;
    case EXPORT_AS_S:
        value.text = g_strdup_printf("%" G_GINT64_FORMAT "s", number);
        break;
    case EXPORT_AS_FROM_S:
        value.text = g_strdup_printf("%" G_GINT64_FORMAT, number * 1000);
        break;
    case EXPORT_AS_TICKS_S:
        value = (Value){EXPORT_NUMBER, NULL, number / TICKS_PER_SECOND};
        if (number % TICKS_PER_SECOND == 0)
            value.text = g_strdup_printf("%" G_GINT64_FORMAT, value.number);
        break;
    case EXPORT_AS_TICKS_MS:
        value.text = g_strdup_printf("%" G_GINT64_FORMAT "ms", number * MS_PER_TICK);
        break;
    case EXPORT_AS_BLANKS:
        value.text = replaced(text, ",", ' ');
        break;
    case EXPORT_AS_ENDED: {
        g_autofree char *list = replaced(text, " ", ';');
        value.text = g_strconcat(list, ";", NULL);
        break;
    }
    case EXPORT_AS_MAP:
        value.text = replaced(text, ":", '-');
        break;
    case EXPORT_AS_TEXT:
    case EXPORT_AS_IMPLIED:
    default:
        value.text = cell->words ? word_find(cell->words, text) : g_strdup(text);
        break;
    }
    *ret_value = value;
    return value.text != NULL;
}

static void list_put(ExportNode *node, const ExportCell *cell, const char *text)
{
    ExportNode *list = export_list_at(node, cell->place);
    g_auto(GStrv) words = g_strsplit_set(text, ", ", -1);
    for (char **word = words; *word; word++) {
        char *to = strchr(*word, ':');
        if (cell->form == EXPORT_AS_LIST && **word) {
            export_text(list, NULL, *word);
        } else if (cell->form == EXPORT_AS_PAIRS && to) {
            ExportNode *pair = export_group_add(list, NULL);
            export_number(pair, "from", g_ascii_strtoll(*word, NULL, 10));
            export_number(pair, "to", g_ascii_strtoll(to + 1, NULL, 10));
        }
    }
}

gboolean export_cell_put(ExportNode *node, const ExportCell *cell, const char *text, gint64 number)
{
    Value value;
    if (cell->place && (cell->form == EXPORT_AS_LIST || cell->form == EXPORT_AS_PAIRS)) {
        list_put(node, cell, text);
        return TRUE;
    }
    if (!cell->place || !value_make(cell, text, number, &value))
        return FALSE;
    g_autofree char *owned = value.text;
    export_put(node, cell->place, value.kind, owned, value.number);
    return TRUE;
}

/* --- options of links --- */

static void setting_lose(Export *self, const NetIface *iface, const LinkSetting *setting, gboolean has_word)
{
    g_autofree char *what = g_strdup_printf("%s=%s%s%s", setting->name, setting->port ? setting->port : "",
                                            setting->port ? ":" : "", setting->text);
    if (has_word)
        export_lose(self, iface, setting->where, what, _("%s does not take this value"), self->target->title);
    else
        export_lose(self, iface, setting->where, what, _("%s has no such option"), self->target->title);
}

/* NetworkManager leaves these alone without spanning tree: nm-device-bridge.c, only_with_stp. */
static gboolean is_left_out_by_nm(const Export *self, const NetIface *iface, const LinkSetting *setting,
                                  gboolean is_port)
{
    static const char *const of_stp[] = {"forward_delay", "hello_time", "max_age", "priority", NULL};
    const LinkSetting *stp = iface->settings ? link_settings_find(iface->settings, "stp_state") : NULL;
    return self->target->column != EXPORT_COLUMN_NETWORKD && !is_port &&
           g_str_equal(iface->kind->name, "bridge") && g_strv_contains(of_stp, setting->name) &&
           !(stp && stp->number) && setting->option && !link_setting_is_default(setting);
}

static gboolean is_multicast(const char *text)
{
    IfcfgIp ip;
    if (!ifcfg_ip_parse(text, AF_UNSPEC, &ip))
        return FALSE;
    return ip.family == AF_INET6 ? ip.bytes[0] == 0xff : ip.bytes[0] >> 4 == 0xe;
}

/* networkd has a word of its own for the group of all ends of a VXLAN. */
static gboolean setting_put(ExportNode *node, const ExportCell *cell, const LinkSetting *setting)
{
    if (g_str_equal(cell->place, "VXLAN/Remote") && is_multicast(setting->text)) {
        export_put(node, "VXLAN/Group", EXPORT_TEXT, setting->text, 0);
        return TRUE;
    }
    return export_cell_put(node, cell, setting->text, setting->number);
}

static void setting_write(Export *self, const NetIface *iface, const LinkSetting *setting, const char *kind,
                          gboolean is_port, ExportNode *node)
{
    const ExportOption *row = export_option_find(kind, setting->name, is_port);
    const ExportCell *cell =
        row && row->cells[self->target->column].place ? &row->cells[self->target->column] : NULL;
    gboolean is_default = setting->option && link_setting_is_default(setting);
    if (is_left_out_by_nm(self, iface, setting, is_port)) {
        g_autofree char *what = g_strdup_printf("%s=%s", setting->name, setting->text);
        export_lose(self, iface, setting->where, what,
                    _("NetworkManager sets this with spanning tree only (STP=yes); else the kernel's default "
                      "holds, by "
                      "which a port forwards after 15 seconds"));
        return;
    }
    if (cell && (cell->form == EXPORT_AS_IMPLIED || setting_put(node, cell, setting))) {
        export_take_where(self, iface, setting->where);
        return;
    }
    if (is_default)
        export_take_where(self, iface, setting->where);
    else if (!setting->implied)
        setting_lose(self, iface, setting, cell != NULL);
}

static void settings_write(Export *self, const NetIface *iface, const LinkSettings *settings,
                           const char *kind, gboolean is_port, ExportNode *node)
{
    for (guint i = 0; settings && i < link_settings_length(settings); i++)
        setting_write(self, iface, link_settings_nth(settings, i), kind, is_port, node);
    const GPtrArray *left_out = settings ? link_settings_left_out(settings) : NULL;
    for (guint i = 0; left_out && i < left_out->len; i++) {
        const LinkSetting *setting = left_out->pdata[i];
        export_lose(self, iface, setting->where, setting->name, _("it is not understood here either"));
    }
}

/* What the controller's list has for this port. */
static void listed_write(Export *self, const NetIface *iface, const NetIface *master, ExportNode *node)
{
    const GPtrArray *listed = master->settings ? link_settings_of_ports(master->settings) : NULL;
    for (guint i = 0; listed && i < listed->len; i++) {
        const LinkSetting *setting = listed->pdata[i];
        if (setting->port && g_str_equal(setting->port, iface->name))
            setting_write(self, master, setting, master->kind->name, TRUE, node);
    }
}

void export_options(Export *self, const NetIface *iface, ExportNode *own, ExportNode *port)
{
    const NetIface *master = net_iface_master(iface);
    settings_write(self, iface, iface->settings, iface->kind->name, FALSE, own);
    if (!port || !master)
        return;
    settings_write(self, iface, iface->port_settings, master->kind->name, TRUE, port);
    listed_write(self, iface, master, port);
}

/* --- ethtool --- */

static void wol_write(Export *self, const NetIface *iface, const EthtoolSetting *setting, ExportNode *node)
{
    static const char *const words[] = {"phy", "unicast", "multicast", "broadcast", "arp", "magic"};
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint bit = 0; bit < G_N_ELEMENTS(words); bit++)
        if (setting->number & 1 << bit)
            g_string_append_printf(text, "%s%s", text->len ? " " : "", words[bit]);
    if (self->target->column == EXPORT_COLUMN_NM) /* its first bit is "default" */
        export_number(export_group(node, "ethernet"), "wake-on-lan", setting->number << 1);
    else if (self->target->column == EXPORT_COLUMN_NETWORKD)
        export_put(node, "Link/WakeOnLan", EXPORT_TEXT, text->len ? text->str : "off", 0);
    else
        export_lose(self, iface, setting->where, "wol", _("%s has no such option"), self->target->title);
}

static gboolean ethtool_setting_write(Export *self, const EthtoolRequest *request,
                                      const EthtoolSetting *setting, ExportNode *node)
{
    const ExportEthtool *row = export_ethtool_find(request->verb->name, setting->word);
    const ExportCell *cell = row ? &row->cells[self->target->column] : NULL;
    if (!cell || !cell->place)
        return FALSE;
    if (!cell->words)
        return export_cell_put(node, cell, setting->text,
                               setting->row ? setting->number : g_str_equal(setting->text, "on"));
    g_autofree char *text = g_strconcat(setting->text, cell->words, NULL); /* with its unit */
    export_put(node, cell->place, EXPORT_TEXT, text, 0);
    return TRUE;
}

static void request_write(Export *self, const NetIface *iface, const EthtoolRequest *request,
                          ExportNode *node)
{
    g_autofree char *text = ethtool_request_format(request);
    if (!request->verb || !g_str_equal(request->device, iface->name)) {
        export_lose(self, iface, request->where, text, _("it is for the program ethtool alone"));
        return;
    }
    for (guint i = 0; i < request->settings->len; i++) {
        const EthtoolSetting *setting = request->settings->pdata[i];
        if (g_str_equal(setting->word, "wol"))
            wol_write(self, iface, setting, node);
        else if (!ethtool_setting_write(self, request, setting, node))
            export_lose(self, iface, setting->where, setting->word, _("%s has no such option"),
                        self->target->title);
    }
}

void export_ethtool(Export *self, const NetIface *iface, ExportNode *node)
{
    for (guint i = 0; iface->ethtool && i < iface->ethtool->len; i++)
        request_write(self, iface, iface->ethtool->pdata[i], node);
}
