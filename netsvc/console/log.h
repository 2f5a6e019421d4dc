/* Where messages go: standard error for the administrator, the journal with fields for whoever looks later.
 */
#pragma once
#include "console/message-ids.h"
#include "ifcfg-problem.h"
#include <stdio.h>

/**
 * Tells one thing. Errors and warnings go to stderr and, where a journal listens, to the journal with
 * INTERFACE=, CONFIG_FILE=, CONFIG_LINE=, CODE= and MESSAGE_ID=; what is less urgent goes to the journal, and
 * to stderr only where there is none. Nothing is told twice when stderr is the journal already.
 * @priority: LOG_ERR, LOG_WARNING, LOG_NOTICE, LOG_INFO (syslog.h)
 * @dev: the interface, or NULL
 */
void log_message(LogEvent event, int priority, IfcfgWhere where, const char *dev, const char *text);

/** The same, for the journal alone: what the status lines have already told a reader. */
void log_journal(LogEvent event, int priority, IfcfgWhere where, const char *dev, const char *text);

/** The same, for a problem in the configuration: `ifcfg-bond0:6:14: error: ...`. */
void log_problem(const IfcfgProblem *problem);

/** Whether a stream of ours (STDOUT_FILENO, STDERR_FILENO) ends in the journal: nobody is looking. */
gboolean log_stream_is_journal(int fd);
