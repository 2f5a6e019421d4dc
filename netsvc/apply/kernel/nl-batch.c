/* Netlink without a round trip a message. The kernel works a chunk off before send() returns, and tells of
 * each message that it refuses; only the last one is acknowledged in any case. Answers are matched to
 * messages by sequence number. */
#include "apply/kernel/nl-batch.h"
#include "apply/kernel/nl-links.h"
#include "i18n.h"
#include <errno.h>
#include <linux/netlink.h>
#include <netlink/attr.h>
#include <netlink/socket.h>
#include <string.h>
#include <sys/socket.h>

enum {
    CHUNK_MESSAGES = 128, /* refusals of as many must fit into the receive buffer (about 1 KiB each as the
                             kernel counts) */
    CHUNK_BYTES = 64 * 1024,
    /* The kernel refuses what does not fit whole (netlink_sendmsg(), EMSGSIZE), and libnl sets just
     * CHUNK_BYTES. */
    SEND_BUFFER = 2 * CHUNK_BYTES,
    RECEIVE_BUFFER = 1024 * 1024,
    READ_BYTES = 64 * 1024, /* the kernel makes no dump part larger than 32 KiB */
    /* With pauses of 1, 2, 4 ... ms in between. */
    DUMP_TRIES = 7,
};

typedef struct {
    gpointer tag;
    gsize begin; /* in ->buffer */
    guint32 sequence;
    int code; /* -1: not answered yet */
    char *text;
} Request;

struct NlBatch {
    struct nl_sock *sock;
    guint32 sequence;
    GByteArray *buffer; /* messages not sent yet */
    GArray *requests;   /* Request, ascending sequence */
    char *input;
    NlLinks *links;
};

static void request_clear(Request *request)
{
    g_free(request->text);
}

static GArray *requests_new(void)
{
    GArray *requests = g_array_new(FALSE, FALSE, sizeof(Request));

    g_array_set_clear_func(requests, (GDestroyNotify)request_clear);
    return requests;
}

static NlBatch *batch_open(int protocol, GError **error)
{
    g_autoptr(NlBatch) self = g_new0(NlBatch, 1);
    int one = 1, size = RECEIVE_BUFFER, send_size = SEND_BUFFER, rc;

    self->sock = nl_socket_alloc();
    self->buffer = g_byte_array_new();
    self->requests = requests_new();
    self->input = g_malloc(READ_BYTES);
    self->links = nl_links_new(self);
    if ((rc = nl_connect(self->sock, protocol)) < 0) {
        net_error_set(error, EIO, _("cannot open a netlink socket: %s"), nl_geterror(rc));
        return NULL;
    }
    /* FORCE needs CAP_NET_ADMIN and passes net.core.rmem_max; the options are missing before 4.3 and 4.12,
     * which is no harm. */
    if (setsockopt(nl_socket_get_fd(self->sock), SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) < 0)
        setsockopt(nl_socket_get_fd(self->sock), SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    if (setsockopt(nl_socket_get_fd(self->sock), SOL_SOCKET, SO_SNDBUFFORCE, &send_size, sizeof send_size) <
        0)
        setsockopt(nl_socket_get_fd(self->sock), SOL_SOCKET, SO_SNDBUF, &send_size, sizeof send_size);
    setsockopt(nl_socket_get_fd(self->sock), SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof one);
    setsockopt(nl_socket_get_fd(self->sock), SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof one);
    return g_steal_pointer(&self);
}

NlBatch *nl_batch_new(GError **error)
{
    return batch_open(NETLINK_ROUTE, error);
}

NlBatch *nl_batch_new_generic(GError **error)
{
    return batch_open(NETLINK_GENERIC, error);
}

void nl_batch_free(NlBatch *self)
{
    if (!self)
        return;
    nl_socket_free(self->sock);
    g_byte_array_unref(self->buffer);
    g_array_unref(self->requests);
    g_free(self->input);
    nl_links_free(self->links);
    g_free(self);
}

NlLinks *nl_batch_links(NlBatch *self)
{
    return self->links;
}

void nl_batch_append(NlBatch *self, struct nl_msg *msg, gpointer tag)
{
    static const guint8 padding[NLMSG_ALIGNTO];
    struct nlmsghdr *header = nlmsg_hdr(msg);
    Request request = {.tag = tag, .begin = self->buffer->len, .sequence = ++self->sequence, .code = -1};

    header->nlmsg_seq = request.sequence;
    header->nlmsg_flags = (guint16)((header->nlmsg_flags | NLM_F_REQUEST) & ~NLM_F_ACK);
    g_byte_array_append(self->buffer, (const guint8 *)header, header->nlmsg_len);
    g_byte_array_append(self->buffer, padding, NLMSG_ALIGN(header->nlmsg_len) - header->nlmsg_len);
    g_array_append_val(self->requests, request);
    nlmsg_free(msg);
}

int nl_error_parse(struct nlmsghdr *header, const char **ret_text)
{
    const struct nlmsgerr *answer = NLMSG_DATA(header);
    gsize skip = sizeof *answer;
    struct nlattr *attrs[NLMSGERR_ATTR_MAX + 1];

    *ret_text = NULL;
    if (header->nlmsg_len < NLMSG_LENGTH(sizeof *answer))
        return EBADMSG;
    if (!(header->nlmsg_flags & NLM_F_CAPPED))
        skip += NLMSG_ALIGN(answer->msg.nlmsg_len - NLMSG_HDRLEN);
    if (header->nlmsg_flags & NLM_F_ACK_TLVS && header->nlmsg_len > NLMSG_LENGTH(skip) &&
        nla_parse(attrs, NLMSGERR_ATTR_MAX, (struct nlattr *)((char *)NLMSG_DATA(header) + skip),
                  (int)(header->nlmsg_len - NLMSG_LENGTH(skip)), NULL) == 0 &&
        attrs[NLMSGERR_ATTR_MSG])
        *ret_text = nla_get_string(attrs[NLMSGERR_ATTR_MSG]);
    return -answer->error;
}

static gssize nl_batch_read(NlBatch *self, int flags)
{
    struct iovec iov = {self->input, READ_BYTES};
    struct sockaddr_nl from = {0};
    struct msghdr message = {.msg_name = &from, .msg_namelen = sizeof from, .msg_iov = &iov, .msg_iovlen = 1};
    gssize n;

    do
        n = recvmsg(nl_socket_get_fd(self->sock), &message, flags);
    while ((n < 0 && errno == EINTR) || (n >= 0 && from.nl_pid != 0)); /* only the kernel answers */
    if (n >= 0 && message.msg_flags & MSG_TRUNC) {
        errno = EMSGSIZE;
        return -1;
    }
    return n;
}

/* Answers come in the order of requests, so the search nearly always ends at once. */
static gboolean requests_answer(GArray *requests, guint *next, struct nlmsghdr *header)
{
    const char *text;

    if (header->nlmsg_type != NLMSG_ERROR)
        return FALSE;
    for (guint i = *next; i < requests->len; i++) {
        Request *request = &g_array_index(requests, Request, i);
        if (request->sequence != header->nlmsg_seq)
            continue;
        request->code = nl_error_parse(header, &text);
        request->text = g_strdup(text);
        *next = i + 1;
        return TRUE;
    }
    return FALSE;
}

/* Reads until the last of the requests before @end is answered: those that nothing was said of are done.
 * ENOBUFS means that answers were lost: takes what is there. */
static void nl_batch_read_answers(NlBatch *self, GArray *requests, guint begin, guint end)
{
    guint next = begin;
    int flags = 0;

    while (next < end) {
        gssize n = nl_batch_read(self, flags);
        if (n < 0 && errno == ENOBUFS) {
            flags = MSG_DONTWAIT;
            continue;
        }
        if (n < 0)
            return;
        int left = (int)n;
        for (struct nlmsghdr *header = (struct nlmsghdr *)self->input; nlmsg_ok(header, left);
             header = nlmsg_next(header, &left))
            requests_answer(requests, &next, header);
    }
    for (guint i = begin; !flags && i < end; i++) {
        Request *request = &g_array_index(requests, Request, i);
        request->code = MAX(request->code, 0);
    }
}

static void nl_batch_send_chunk(NlBatch *self, GByteArray *buffer, GArray *requests, guint begin, guint end)
{
    gsize from = g_array_index(requests, Request, begin).begin;
    gsize to = end < requests->len ? g_array_index(requests, Request, end).begin : buffer->len;
    struct nlmsghdr *last =
        (struct nlmsghdr *)(buffer->data + g_array_index(requests, Request, end - 1).begin);
    gssize sent;

    last->nlmsg_flags |= NLM_F_ACK;
    do
        sent = send(nl_socket_get_fd(self->sock), buffer->data + from, to - from, 0);
    while (sent < 0 && errno == EINTR);
    if (sent >= 0) {
        nl_batch_read_answers(self, requests, begin, end);
        return;
    }
    for (guint i = begin; i < end; i++)
        g_array_index(requests, Request, i).code = errno;
}

static guint chunk_end(const GByteArray *buffer, const GArray *requests, guint begin)
{
    gsize from = g_array_index(requests, Request, begin).begin;
    guint end = begin + 1;

    while (end < requests->len && end - begin < CHUNK_MESSAGES) {
        gsize stop = end + 1 < requests->len ? g_array_index(requests, Request, end + 1).begin : buffer->len;
        if (stop - from > CHUNK_BYTES)
            break;
        end++;
    }
    return end;
}

void nl_batch_flush(NlBatch *self, NlAck ack, gpointer data)
{
    g_autoptr(GByteArray) buffer = g_steal_pointer(&self->buffer);
    g_autoptr(GArray) requests = g_steal_pointer(&self->requests);

    self->buffer = g_byte_array_new();
    self->requests = requests_new();
    for (guint begin = 0, end; begin < requests->len; begin = end) {
        end = chunk_end(buffer, requests, begin);
        nl_batch_send_chunk(self, buffer, requests, begin, end);
    }
    for (guint i = 0; i < requests->len; i++) {
        const Request *request = &g_array_index(requests, Request, i);
        ack(request->tag, request->code < 0 ? ENOBUFS : request->code, request->text, data);
    }
}

typedef struct {
    int code;
    char *text;
} Answer;

static void answer_take(G_GNUC_UNUSED gpointer tag, int code, const char *text, gpointer data)
{
    Answer *answer = data;

    answer->code = code;
    answer->text = g_strdup(text);
}

int nl_batch_call(NlBatch *self, struct nl_msg *msg, char **ret_text)
{
    Answer answer = {0};

    if (!msg)
        return ENODEV;
    g_return_val_if_fail(self->requests->len == 0, EBUSY);
    nl_batch_append(self, msg, NULL);
    nl_batch_flush(self, answer_take, &answer);
    if (ret_text)
        *ret_text = g_steal_pointer(&answer.text);
    g_free(answer.text);
    return answer.code;
}

typedef struct {
    gboolean done, interrupted;
    int code;
} DumpState;

static void dump_take(GByteArray *all, struct nlmsghdr *header, gboolean is_dump, DumpState *state)
{
    const char *text;

    state->interrupted |= (header->nlmsg_flags & NLM_F_DUMP_INTR) != 0;
    if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR) {
        state->done = TRUE;
        /* The body of DONE is the dump's error code (kernel netlink_dump_done()). */
        if (header->nlmsg_type == NLMSG_ERROR)
            state->code = nl_error_parse(header, &text);
        else if (header->nlmsg_len >= NLMSG_LENGTH(sizeof(int)))
            state->code = -*(const int *)NLMSG_DATA(header);
        return;
    }
    g_byte_array_append(all, (const guint8 *)header, NLMSG_ALIGN(header->nlmsg_len));
    state->done = !is_dump;
}

static int nl_batch_dump_once(NlBatch *self, struct nlmsghdr *request, GByteArray *all, DumpState *state)
{
    gboolean is_dump = (request->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;

    request->nlmsg_seq = ++self->sequence;
    if (send(nl_socket_get_fd(self->sock), request, request->nlmsg_len, 0) < 0)
        return errno;
    while (!state->done) {
        gssize n = nl_batch_read(self, 0);
        if (n < 0)
            return errno;
        int left = (int)n;
        for (struct nlmsghdr *header = (struct nlmsghdr *)self->input; nlmsg_ok(header, left) && !state->done;
             header = nlmsg_next(header, &left))
            if (header->nlmsg_seq == request->nlmsg_seq)
                dump_take(all, header, is_dump, state);
    }
    return state->code;
}

static gboolean dump_is_worth_another(int code, const DumpState *state)
{
    return code == EAGAIN || code == EINTR || code == EBUSY || code == ENOBUFS ||
           (!code && state->interrupted);
}

/* Where something changes all the time no dump is ever whole. The last one is taken then: it lacks at most
 * what came, went or moved while it was made (for_each_netdev_dump() goes on by index), and what matters of
 * that is told by an event or by the kernel's answer to the operation. */
GByteArray *nl_batch_dump(NlBatch *self, struct nl_msg *msg, GError **error)
{
    g_autoptr(GByteArray) all = g_byte_array_new();
    struct nlmsghdr *request = nlmsg_hdr(msg);
    DumpState state;
    int code;

    request->nlmsg_flags |= NLM_F_REQUEST;
    for (guint i = 0;; i++) {
        state = (DumpState){0};
        g_byte_array_set_size(all, 0);
        code = nl_batch_dump_once(self, request, all, &state);
        if (i + 1 == DUMP_TRIES || !dump_is_worth_another(code, &state))
            break;
        g_usleep(1000ul << i);
    }
    nlmsg_free(msg);
    if (!code)
        return g_steal_pointer(&all);
    net_error_set(error, code, _("cannot read the kernel's network state: %s"), g_strerror(code));
    return NULL;
}
