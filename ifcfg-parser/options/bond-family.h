/* The modes of bonds, for the code that is about bonds alone. */
#pragma once
#include "link-options.h"

enum {
    BOND_MODE_RR,
    BOND_MODE_AB,
    BOND_MODE_XOR,
    BOND_MODE_BC,
    BOND_MODE_8023AD,
    BOND_MODE_TLB,
    BOND_MODE_ALB,
    BOND_MODES
};

extern const LinkFamily bond_family;
/** bond-check.c */
void bond_check(LinkSettings *settings, const LinkCheck *check);
