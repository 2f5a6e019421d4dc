/* Names and indexes of links, learned from the kernel's dumps: an operation is about the device that the plan
 * looked at. */
#pragma once
#include "apply/kernel/nl-batch.h"
#include "apply/net-error.h"

typedef struct NlLinks NlLinks;

/** @batch: for asking; it owns the table, nl_batch_links() has it. */
NlLinks *nl_links_new(NlBatch *batch);
void nl_links_free(NlLinks *self);

/** Takes in a dump of all links (nl_batch_dump()) and forgets all others. */
void nl_links_learn(NlLinks *self, const GByteArray *dump);
/** Before the picture for a plan is taken: what was renamed before is no matter. */
void nl_links_forget_all(NlLinks *self);
/** A device is gone, or may be another one by now. */
void nl_links_forget(NlLinks *self, const char *name);

/** A link has this name now. Of one that had another name what we have to do is not done any more, by neither
 * name's operations: the plan looked at it under the old one. */
void nl_links_note_name(NlLinks *self, int ifindex, const char *name);

/** The index of a link, asked of the kernel when it is not known; 0: it is not there. */
int nl_links_index(NlLinks *self, const char *name);
/** The same, with "Device eth9 does not seem to be present", or that it has another name by now. */
int nl_links_need(NlLinks *self, const char *name, GError **error);
/** Whether the last dump had the link. */
gboolean nl_links_has(const NlLinks *self, const char *name);
/** The name of a link, or NULL: nothing has the index. */
char *nl_links_name(NlLinks *self, guint32 ifindex);
