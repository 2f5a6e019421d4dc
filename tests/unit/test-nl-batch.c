/* The netlink transport without privileges: what the kernel answers does not matter here, only that each
 * message is answered for itself. */
#include "apply/kernel/nl-batch.h"
#include "apply/kernel/nl-ops.h"
#include <linux/rtnetlink.h>
#include <netlink/attr.h>

static void count_too_long(gpointer tag G_GNUC_UNUSED, int code, const char *text G_GNUC_UNUSED,
                           gpointer data)
{
    guint *counts = data;

    counts[code == EMSGSIZE]++;
}

/* Appends a request of exactly @bytes. The kernel refuses each, since no such link is there. */
static void append_message(NlBatch *batch, guint bytes)
{
    struct nl_msg *msg = nl_link_message(RTM_SETLINK, 0, G_MAXINT, 0, 0);

    nla_reserve(msg, IFLA_IFALIAS, (int)(bytes - nlmsg_hdr(msg)->nlmsg_len - NLA_HDRLEN));
    g_assert_cmpuint(nlmsg_hdr(msg)->nlmsg_len, ==, bytes);
    nl_batch_append(batch, msg, NULL);
}

/* A buffer of 32,768 bytes, as libnl asks for, takes 65,504: the kernel doubles it and keeps 32 for itself.
 */
static void test_fullest_chunk(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(NlBatch) batch = nl_batch_new(&error);
    guint counts[2] = {0};

    g_assert_no_error(error);
    for (guint i = 0; i < 300; i++)
        append_message(batch, 512);
    nl_batch_flush(batch, count_too_long, counts);
    g_assert_cmpuint(counts[0], ==, 300);
    g_assert_cmpuint(counts[1], ==, 0);
}

static void note_code(gpointer tag G_GNUC_UNUSED, int code, const char *text G_GNUC_UNUSED, gpointer data)
{
    g_string_append_c(data, code ? 'x' : '.');
}

/* @pattern: a point for each message that the kernel takes, x for each that it refuses, since no such link is
 * there */
static void check_answers(NlBatch *batch, const char *pattern)
{
    g_autoptr(GString) codes = g_string_new(NULL);

    for (const char *p = pattern; *p; p++) {
        struct nl_msg *msg =
            *p == '.' ? nlmsg_alloc_simple(NLMSG_NOOP, 0) : nl_link_message(RTM_SETLINK, 0, G_MAXINT, 0, 0);
        nl_batch_append(batch, msg, NULL);
    }
    nl_batch_flush(batch, note_code, codes);
    g_assert_cmpstr(codes->str, ==, pattern);
}

/* Nothing is said of what was done, wherever in a chunk it stands. */
static void test_answers(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(NlBatch) batch = nl_batch_new(&error);
    g_autoptr(GString) chunks = g_string_new(NULL);

    g_assert_no_error(error);
    check_answers(batch, ".");
    check_answers(batch, "x");
    check_answers(batch, "..x.x..");
    check_answers(batch, "x....xx");
    for (guint i = 0; i < 500; i++)
        g_string_append_c(chunks, i % 127 % 5 ? '.' : 'x');
    check_answers(batch, chunks->str);
}

static void test_dump(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(NlBatch) batch = nl_batch_new(&error);
    g_autoptr(GByteArray) all = nl_batch_dump(batch, nl_link_get(NULL), &error);

    g_assert_no_error(error);
    g_assert_cmpuint(all->len, >, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/nl-batch/fullest-chunk", test_fullest_chunk);
    g_test_add_func("/nl-batch/answers", test_answers);
    g_test_add_func("/nl-batch/dump", test_dump);
    return g_test_run();
}
