/* A `network` line: its options and their values taken from its words, and what goes together. */
#include "i18n.h"
#include "ifcfg-ip.h"
#include "kickstart/ks.h"
#include <string.h>

static gboolean has_control(const char *text)
{
    for (; *text; text++)
        if (g_ascii_iscntrl(*text))
            return TRUE;
    return FALSE;
}

/* "-5", "-.5" */
static gboolean is_negative(const char *text)
{
    gsize whole = strspn(text + 1, "0123456789"), point = text[1 + whole] == '.';
    const char *rest = text + 1 + whole + point;
    gsize fraction = strspn(rest, "0123456789");
    return *text == '-' && !rest[fraction] && (point ? fraction : whole);
}

/* As Python's argparse tells the next option from a value; "-5" and "-K eth0 tso off" are values. */
static gboolean is_option(const char *text)
{
    gsize length = strcspn(text, "=");
    if (text[0] != '-' || !text[1])
        return FALSE;
    if (text[1] == '-' && text[length] && ks_option_begins(text + 2, length - 2))
        return TRUE;
    return !strchr(text, ' ') && !is_negative(text);
}

/* The value behind `=` in the same word, or the next word. NULL: there is none */
static const char *take_value(const GPtrArray *words, guint *at, IfcfgWhere *where)
{
    const KsWord *word = words->pdata[*at];
    const char *equals = strchr(word->text, '=');
    *where = word->where;
    if (equals) {
        where->column += (guint)(equals - word->text) + 1;
        return equals + 1;
    }
    if (*at + 1 >= words->len)
        return NULL;
    const KsWord *next = words->pdata[*at + 1];
    if (is_option(next->text))
        return NULL;
    ++*at;
    *where = next->where;
    return next->text;
}

static void value_refuse(KsOption option, IfcfgWhere where, IfcfgProblems *problems, const char *wrong)
{
    ifcfg_problems_add(problems, IFCFG_ERROR, where, "--%s: %s", ks_option_name(option), wrong);
}

/* One of a few words, each time that it is given; of what else is given again the last one is looked at. */
static gboolean is_word(KsOption option)
{
    return option == KS_BOOTPROTO || option == KS_BINDTO || option == KS_ONBOOT;
}

/* Templates leave empty what nobody filled in, which is as if it were not there; one of a few words must be
 * one. */
static gboolean is_unset(KsOption option, const char *value)
{
    return ks_option_takes_value(option) && (!*value || (option == KS_MTU && g_str_equal(value, "0"))) &&
           !is_word(option);
}

static void value_check(KsOption option, const KsWord *value, IfcfgProblems *problems)
{
    g_autofree char *wrong = has_control(value->text) ? g_strdup(_("control characters cannot be part of it"))
                                                      : ks_option_fault(option, value->text);
    if (wrong)
        value_refuse(option, value->where, problems, wrong);
}

static void network_set(KsNetwork *self, KsOption option, const char *value, IfcfgWhere where,
                        IfcfgProblems *problems)
{
    self->values[option] = (KsWord){is_unset(option, value) ? NULL : value, where};
    if (is_word(option))
        value_check(option, &self->values[option], problems);
}

static void values_check(const KsNetwork *self, IfcfgProblems *problems)
{
    for (guint i = 0; i < KS_OPTION_LAST; i++)
        if (self->values[i].text && !is_word(i))
            value_check(i, &self->values[i], problems);
}

static void idle_tell(const KsNetwork *self, IfcfgProblems *problems)
{
    for (const KsIdle *idle = ks_idle; idle->option != KS_OPTION_LAST; idle++) {
        if (!ks_has(self, idle->option) || ks_has(self, idle->other) == idle->without)
            continue;
        ifcfg_problems_add(problems, IFCFG_WARNING, self->values[idle->option].where,
                           idle->without ? _("--%s has no effect without --%s")
                                         : _("--%s has no effect with --%s"),
                           ks_option_name(idle->option), ks_option_name(idle->other));
    }
}

/* One device is of one kind. */
static void kinds_check(const KsNetwork *self, IfcfgProblems *problems)
{
    KsOption first = KS_OPTION_LAST;
    for (const KsKind *kind = ks_kinds; kind->option != KS_OPTION_LAST; kind++) {
        if (!ks_has(self, kind->option))
            continue;
        if (first != KS_OPTION_LAST)
            ks_fail(self, kind->option, problems, _("--%s and --%s exclude each other"),
                    ks_option_name(first), ks_option_name(kind->option));
        first = kind->option;
    }
}

static gboolean has_cards(const KsNetwork *self)
{
    for (guint i = 0; i < KS_OPTION_LAST; i++)
        if (ks_has(self, i) && ks_option_has_cards(i))
            return TRUE;
    return FALSE;
}

/* What an option needs beside itself. */
static void network_check(const KsNetwork *self, IfcfgProblems *problems)
{
    static const KsOption of_device[] = {KS_IPV4_DNS_SEARCH, KS_IPV6_DNS_SEARCH, KS_IPV4_IGNORE_AUTO_DNS,
                                         KS_IPV6_IGNORE_AUTO_DNS};
    for (gsize i = 0; i < G_N_ELEMENTS(of_device); i++)
        if (ks_has(self, of_device[i]) && !ks_has(self, KS_DEVICE))
            ks_fail(self, of_device[i], problems, _("--%s needs --device"), ks_option_name(of_device[i]));
    if (ks_has(self, KS_BRIDGEOPTS) && !ks_has(self, KS_BRIDGESLAVES))
        ks_fail(self, KS_BRIDGEOPTS, problems, _("--bridgeopts needs --bridgeslaves"));
    if (ks_has(self, KS_BINDTO) && ks_has(self, KS_VLANID) && !has_cards(self))
        ks_fail(self, KS_BINDTO, problems, _("--bindto=mac is not possible for a VLAN, which has no card"));
    kinds_check(self, problems);
    idle_tell(self, problems);
}

static void network_take(KsNetwork *self, const GPtrArray *words, guint *at, IfcfgProblems *problems)
{
    const KsWord *word = words->pdata[*at];
    g_autofree char *why = NULL;
    gsize length = strcspn(word->text, "=");
    KsOption option = g_str_has_prefix(word->text, "--") ? ks_option_find(word->text + 2, length - 2, &why)
                                                         : KS_OPTION_LAST;
    IfcfgWhere where = word->where;
    if (option == KS_OPTION_LAST) {
        ifcfg_problems_add(problems, IFCFG_ERROR, where,
                           why ? "%s" : _("'%s' is not an option: expected --OPTION"),
                           why ? why : word->text);
        return;
    }
    if (!ks_option_takes_value(option) && strchr(word->text, '=')) {
        where.column += (guint)(strchr(word->text, '=') - word->text) + 1;
        ifcfg_problems_add(problems, IFCFG_ERROR, where, "--%s: %s", ks_option_name(option),
                           _("it takes no value"));
        return;
    }
    const char *value = ks_option_takes_value(option) ? take_value(words, at, &where) : "";
    if (value)
        network_set(self, option, value, where, problems);
    else
        value_refuse(option, where, problems, _("a value is missing"));
}

KsNetwork *ks_network_parse(GPtrArray *words, IfcfgProblems *problems)
{
    KsNetwork *self = g_new0(KsNetwork, 1);
    self->words = g_ptr_array_ref(words);
    self->where = ((const KsWord *)words->pdata[0])->where;
    for (guint i = 1; i < words->len; i++)
        network_take(self, words, &i, problems);
    values_check(self, problems);
    network_check(self, problems);
    return self;
}

void ks_network_free(KsNetwork *self)
{
    g_ptr_array_unref(self->words);
    g_free(self->device);
    g_free(self->hwaddr);
    g_free(self);
}

const char *ks_get(const KsNetwork *self, KsOption option)
{
    return self->values[option].text;
}

gboolean ks_has(const KsNetwork *self, KsOption option)
{
    return self->values[option].text != NULL;
}

void ks_fail(const KsNetwork *network, KsOption option, IfcfgProblems *problems, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    IfcfgWhere where = ks_has(network, option) ? network->values[option].where : network->where;
    ifcfg_problems_add(problems, IFCFG_ERROR, where, "%s", text);
}

const KsKind *ks_kind_of(const KsNetwork *network)
{
    for (const KsKind *kind = ks_kinds; kind->option != KS_OPTION_LAST; kind++)
        if (ks_has(network, kind->option))
            return kind;
    return NULL;
}

/* A line that says the host's name and nothing else is about no device. */
static gboolean is_about_device(const KsNetwork *self)
{
    for (guint i = 0; i < KS_OPTION_LAST; i++)
        if (i != KS_HOSTNAME && ks_has(self, i))
            return TRUE;
    return !ks_has(self, KS_HOSTNAME);
}

const char *ks_device_word(const KsNetwork *self)
{
    const char *device = ks_get(self, KS_DEVICE);
    IfcfgMac mac;
    if (!device)
        return is_about_device(self) ? "link" : NULL;
    if (g_str_equal(device, "link") || g_str_equal(device, "bootif") || g_str_equal(device, "ibft"))
        return device;
    return ifcfg_mac_parse(device, &mac) ? device : NULL;
}
