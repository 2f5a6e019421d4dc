/* Operations with random contents, names of odd bytes among them. */
#pragma once
#include "plan/plan.h"

/** Fills in all that an operation of this type can carry; the plan keeps it. Random by g_test_rand_int(). */
void op_random(NetOp *op, NetOpType type, NetPlan *plan);
