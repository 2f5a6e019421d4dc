/* Operations on disk: each as one line of text, and read again. */
#pragma once
#include "plan/plan.h"

/**
 * One operation as one line without its newline: its type, then KEY=VALUE words. Bytes that are not printable
 * ASCII, blanks and `%` are %XX. Of the interface it has the name.
 * Returns: to be freed
 */
char *net_op_to_text(const NetOp *op);

/**
 * Reads such a line. What the operation points to is kept by the plan, also when this fails.
 * @model: where its interface is looked up; NULL, or not found there: it has none
 * Returns: the operation, to be freed or appended to plan->ops; or NULL with a G_FILE_ERROR_INVAL that names
 * the word
 */
NetOp *net_op_from_text(NetPlan *plan, const char *text, const NetModel *model, GError **error);
