/* A kernel that has been configured, and that others have worked on too. */
#pragma once
#include "random-config.h"
#include "state/observed.h"

/** What the files of @config make, with what others, at random from @seed, put there. */
NetObserved *world_picture(const RandomConfig *config, guint32 seed);
