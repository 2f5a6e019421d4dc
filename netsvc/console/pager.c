/* What is longer than a screen, through a pager: a child that reads what we print. Not through a shell. */
#include "console/pager.h"
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t pager;

/* less ends by itself with what fits onto the screen, and leaves it there. */
static void pager_become(void)
{
    const char *own = g_getenv("PAGER");
    const char *const names[] = {own && *own ? own : "less", "less", "more", "cat"};
    setenv("LESS", "FRX", FALSE);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        execlp(names[i], names[i], NULL);
    _exit(127);
}

void pager_begin(void)
{
    int ends[2];
    if (pager || !isatty(STDOUT_FILENO) || pipe(ends) != 0)
        return;
    fflush(stdout);
    pager = fork();
    if (pager == 0) {
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        close(ends[1]);
        pager_become();
    }
    if (pager > 0)
        dup2(ends[1], STDOUT_FILENO);
    else
        pager = 0;
    close(ends[0]);
    close(ends[1]);
}

void pager_end(void)
{
    if (!pager)
        return;
    fclose(stdout);
    while (waitpid(pager, NULL, 0) < 0)
        ;
    pager = 0;
}
