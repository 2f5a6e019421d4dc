/* The way from the service's run, which systemd started, to the terminal of who asked for it. */
#pragma once
#include <glib.h>
#include <stdio.h>

/**
 * Where status lines go: standard output, or, when that is the journal (which is told of every interface in
 * entries of its own), the pipe at whose other end init.d/network shows them. Messages go the same way.
 * @ret_is_terminal: colour and columns are wanted
 * Returns: a stream to be closed by console_close(), or NULL: nobody is looking
 */
FILE *console_open(gboolean *ret_is_terminal);
void console_close(FILE *console);
