/* A plan from one picture to another while it is made. Private to plan/picture*.c. */
#pragma once
#include "plan/picture-plan.h"
#include "plan/planner.h"

typedef struct {
    NetPlan *plan;
    NetObserved *picture; /* as it will be after the operations so far */
    const NetObserved *wanted;
    const NetPictureScope *scope;
} PicturePlan;

gboolean picture_touches(const PicturePlan *self, const char *dev);
/** Appends an operation. Its `dev` lives as long as the plan. Returns: 0, or the errno that is foreseen. */
int picture_do(PicturePlan *self, NetOp op);
/** The same of one that takes away what the wanted picture does not have; asks whether it may. */
void picture_remove(PicturePlan *self, NetOp op);
const char *picture_text(PicturePlan *self, const char *text);

/** The link of a name as it will be, or NULL. */
const ObservedLink *picture_link(const PicturePlan *self, const char *name);
/** The name of a link of a picture by its number, or NULL. */
const char *picture_name_of(const NetObserved *picture, int ifindex);
/** What a link has, as if a file had asked for it. @rows: its own, or as a port. */
LinkSettings *picture_settings(const LinkValues *values, gboolean is_port);

/** How many devices a link of a picture stands on, one on the other. */
guint8 picture_depth(const NetObserved *picture, const ObservedLink *link);

void picture_plan_links(PicturePlan *self); /* picture-links.c */
/** @links: of the wanted picture, from below. Before ports go in, and afterwards: picture-options.c */
void picture_plan_options(PicturePlan *self, const GPtrArray *links);
void picture_plan_late_options(PicturePlan *self, const GPtrArray *links);
void picture_plan_layer3(PicturePlan *self); /* picture-layer3.c */
/** Routes and nexthop objects that are missing; those that the wanted picture does not have: picture-routes.c
 */
void picture_plan_routes(PicturePlan *self, NetWave wave);
void picture_plan_routes_out(PicturePlan *self);
