/* The names of leases: some clients have an address on the device before their script runs, which keeps the
 * names. */
#include "apply/kernel/lease-names.h"
#include "apply/clients-record.h"
#include "apply/folder-watch.h"
#include <unistd.h>

/* For a script that may not write there, or is not ours; IPv6's run when the address has been looked for on
 * other hosts. */
enum { SCRIPT_MS = 3000 };

struct LeaseNames {
    FolderWatch *watch; /* NULL: none is needed yet, or to be had */
    GPtrArray *waits;   /* Wait*, not owned */
};

typedef struct {
    LeaseNames *owner;
    char *path;
    guint timer;
    void (*done)(gpointer data);
    gpointer data;
} Wait;

LeaseNames *lease_names_new(void)
{
    LeaseNames *self = g_new0(LeaseNames, 1);
    self->waits = g_ptr_array_new();
    return self;
}

void lease_names_free(LeaseNames *self)
{
    folder_watch_free(self->watch);
    g_ptr_array_unref(self->waits);
    g_free(self);
}

static void wait_end(Wait *wait)
{
    g_ptr_array_remove_fast(wait->owner->waits, wait);
    g_clear_handle_id(&wait->timer, g_source_remove);
    wait->done(wait->data);
    g_free(wait->path);
    g_free(wait);
}

static gboolean wait_expired(gpointer data)
{
    Wait *wait = data;
    wait->timer = 0;
    wait_end(wait);
    return G_SOURCE_REMOVE;
}

static gboolean is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

/* Which file it is, is looked at: the end of one wait can end others. */
static void names_written(gpointer data)
{
    LeaseNames *self = data;
    for (guint i = 0; i < self->waits->len;) {
        Wait *wait = self->waits->pdata[i];
        if (is_there(wait->path)) {
            wait_end(wait);
            i = 0;
        } else {
            i++;
        }
    }
}

void lease_names_await(LeaseNames *self, const char *dev, int family, void (*done)(gpointer data),
                       gpointer data)
{
    g_autofree char *record = client_record_path("", dev, family), *path = client_names_path("", dev, family);
    if (!self->watch)
        self->watch = folder_watch_new(DHCP_RUN_DIR, names_written, self);
    if (!is_there(record) || is_there(path)) {
        done(data);
        return;
    }
    Wait *wait = g_new0(Wait, 1);
    *wait = (Wait){.owner = self, .path = g_steal_pointer(&path), .done = done, .data = data};
    wait->timer = g_timeout_add(SCRIPT_MS, wait_expired, wait);
    g_ptr_array_add(self->waits, wait);
}
