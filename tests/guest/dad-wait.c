/* Waits for the kernel's duplicate address detection on a device, as a plan would: dad-wait DEVICE SECONDS.
 */
#include "apply/backend.h"
#include <stdio.h>
#include <stdlib.h>

static void tell(const NetOp *op G_GNUC_UNUSED, NetResult *result, gpointer data)
{
    for (guint i = 0; result->notes && i < result->notes->len; i++)
        printf("%s\n", ((const NetNote *)result->notes->pdata[i])->text);
    printf("%s\n", result->error ? result->error->message : "over");
    *(gboolean *)data = TRUE;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(NetBackend) backend = net_backend_kernel_new(&error);
    g_autoptr(NetObserved) before = backend ? backend->observe(backend, &error) : NULL;
    NetOp op = {.type = NET_OP_DAD_WAIT, .dev = argc > 1 ? argv[1] : NULL};
    const NetOp *const ops[] = {&op};
    gboolean is_done = FALSE;

    if (argc < 3 || !before)
        return EXIT_FAILURE;
    op.wait.timeout_ms = (guint)atoi(argv[2]) * 1000;
    backend->run(backend, ops, 1, tell, &is_done);
    while (!is_done)
        g_main_context_iteration(NULL, TRUE);
    return EXIT_SUCCESS;
}
