/* Netlink without a round trip a message: many requests are sent at once, and their acknowledgements read
 * afterwards. */
#pragma once
#include "apply/net-error.h"
#include <glib.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>

typedef struct NlBatch NlBatch;

struct NlLinks;

/** What became of a message: @code 0, or an errno; @text: the kernel's own words (extended acknowledgement),
 * or NULL. */
typedef void (*NlAck)(gpointer tag, int code, const char *text, gpointer data);

NlBatch *nl_batch_new(GError **error);
/** The same for generic netlink families. */
NlBatch *nl_batch_new_generic(GError **error);
void nl_batch_free(NlBatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NlBatch, nl_batch_free)

/** The table of links that goes with it. */
struct NlLinks *nl_batch_links(NlBatch *self);

/** Takes ownership of the message. @tag is handed to the acknowledgement's function. */
void nl_batch_append(NlBatch *self, struct nl_msg *msg, gpointer tag);

/** Sends what was appended and calls @ack for each message, in order, when all are answered. @ack may use the
 * batch again. */
void nl_batch_flush(NlBatch *self, NlAck ack, gpointer data);

/** One message and its answer: 0 or an errno. @ret_text (may be NULL): the kernel's words, to be freed. Takes
 * ownership of the message. */
int nl_batch_call(NlBatch *self, struct nl_msg *msg, char **ret_text);

/**
 * A dump, or the answer to a single get: all messages one behind the other, for nlmsg_ok() and nlmsg_next().
 * Takes ownership of the message. A dump that the kernel marks as interrupted by a change is done again, a
 * few times with growing pauses; the last one counts.
 */
GByteArray *nl_batch_dump(NlBatch *self, struct nl_msg *msg, GError **error);

/** Reads code and words out of an NLMSG_ERROR message. */
int nl_error_parse(struct nlmsghdr *header, const char **ret_text);
