/* Who runs this process, and as what. */
#pragma once
#include <glib.h>

/** The user who has logged in, before sudo: a name of /etc/passwd, else "uid 1234"; "root" for what nobody
 * has typed. To be freed. */
char *who_is_user(void);
/** The command line, with the program's plain name. To be freed. */
char *who_is_command(void);
