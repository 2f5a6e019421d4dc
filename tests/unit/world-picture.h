/* A kernel that has been configured, and that others have worked on too. */
#pragma once
#include "random-config.h"
#include "world.h"

/** A world whose kernel has the rules that each one has from the start: without `main` no rule of a file
 * would leave a way to what it does not know. @files: as in world_new() */
World *world_new_with_rules(const char *files);
/** What the files of @config make, with what others, at random from @seed, put there. */
NetObserved *world_picture(const RandomConfig *config, guint32 seed);
