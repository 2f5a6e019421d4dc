/* libFuzzer target: any ETHTOOL_OPTS text. What comes out has a command line, and says the same when that is
 * read again. */
#include "ethtool-options.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void check_request(const EthtoolRequest *request)
{
    g_autofree char *text = ethtool_request_format(request);
    g_autoptr(GPtrArray) again = ethtool_options_parse(text, "eth0", (IfcfgWhere){0}, NULL);
    g_assert_true(request->device && request->argv[1]);
    g_assert_true(request->verb || !request->settings->len);
    g_assert_cmpuint(again->len, ==, 1);
    g_autofree char *same = ethtool_request_format(g_ptr_array_index(again, 0));
    g_assert_cmpstr(same, ==, text);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GPtrArray) requests = ethtool_options_parse(text, "eth0", (IfcfgWhere){"x", 1, 1}, problems);
    for (guint i = 0; i < requests->len; i++)
        check_request(g_ptr_array_index(requests, i));
    return 0;
}
