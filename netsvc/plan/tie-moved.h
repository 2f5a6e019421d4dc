/* What moves from one device to another by a plan, and whether the one that has it can wait. Private to
 * tie-*.c. */
#pragma once
#include "plan/builder.h"

typedef enum {
    NOT_ASKED,
    /* it goes as it is planned: first */
    FIRST,
    /* all of its work waits */
    WHOLE,
    /* its ports leave first, since others get them; all else waits */
    BUT_PORTS,
    /* it comes again: what takes it down waits */
    ITS_FALL,
} Wait;

/* A device that goes, one that is made anew or down for a moment (`comes_again`), or one that stays and loses
 * something (then `link` counts for nothing). */
typedef struct {
    guint group;
    const ObservedLink *link;
    gboolean comes_again;
    Wait wait;
} Leaver;

/* What somebody has now and does not keep. */
typedef struct {
    Leaver *leaver;
    const ObservedAddress *address; /* NULL: it is a route */
    NetOp *op;                      /* that takes it from a device that stays; else NULL */
} Owned;

typedef struct {
    NetBuilder *builder;
    GHashTable *going;  /* device name -> Leaver* */
    GHashTable *owned;  /* moved_text() -> Owned* */
    GPtrArray *created; /* NetOp* that make devices */
    GHashTable *joined; /* device that becomes a port -> NetOp* that makes it one */
    GHashTable *usable; /* NetAddress that the kernel does not look for on other hosts */
} Moves;

/** The operation that makes a device of this name; NULL: nothing does. */
const NetOp *moves_maker_of(const Moves *self, const char *dev);
/** How much of the work of a device that goes, or that comes again, can wait. */
Wait moves_judge(const Moves *self, const Leaver *leaver);
