/* Pass after pass from the kernel as it is to the picture: see picture-restore.h. */
#include "apply/picture-restore.h"
#include "apply/executor.h"

enum { PASSES = 5 };

static void keep_messages(G_GNUC_UNUSED guint group, G_GNUC_UNUSED NetOutcome outcome,
                          const GPtrArray *messages, gpointer data)
{
    GPtrArray *list = data;
    if (!list)
        return;
    g_ptr_array_set_size(list, 0);
    for (guint i = 0; i < messages->len; i++)
        g_ptr_array_add(list, g_strdup(((const NetMessage *)messages->pdata[i])->message));
}

static void pass_run(NetBackend *backend, const NetPlan *plan, GPtrArray *messages)
{
    g_autoptr(NetLedger) nobody = net_ledger_new();
    const NetReporter reporter = {.group_done = keep_messages, .data = messages};
    net_executor_run(plan, backend, nobody, NULL, &reporter);
}

static int left_in(const NetPlan *plan)
{
    int n = 0;
    for (guint i = 0; i < plan->ops->len; i++)
        n += !net_picture_op_is_wish(plan->ops->pdata[i]);
    return n;
}

int net_picture_restore(NetBackend *backend, const NetObserved *wanted, const NetPictureScope *scope,
                        GPtrArray *messages, GError **error)
{
    guint before = G_MAXUINT;
    for (guint pass = 0;; pass++) {
        g_autoptr(NetObserved) actual = backend->observe(backend, error);
        if (!actual)
            return -1;
        g_autoptr(NetPlan) plan = net_plan_to_picture(wanted, actual, scope);
        if (!plan->ops->len || plan->ops->len >= before || pass == PASSES)
            return left_in(plan);
        before = plan->ops->len;
        pass_run(backend, plan, messages);
    }
}
