/* What is longer than a screen, through a pager. */
#pragma once

/** From here on what is printed goes through $PAGER, else less or more, where stdout is a terminal. The width
 * of lines has to be asked for before. */
void pager_begin(void);
/** Waits until who reads has done so; without a pager, nothing. */
void pager_end(void);
