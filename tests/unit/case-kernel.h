/* The sections `kernel` and `state` of a case, on the kernel in memory. */
#pragma once
#include "sim.h"

/** Carries out commands of `ip`, a line each, as far as cases use them. @commands: may be NULL */
void case_kernel_change(Sim *sim, const char *commands);
/** What of the facts is not so, a line each; "" when all is. @facts: may be NULL */
char *case_kernel_compare(const Sim *sim, const char *facts);
