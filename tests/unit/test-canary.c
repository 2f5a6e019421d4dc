/* Proves that no file content is ever executed: in a process that the kernel kills at the first fork or exec,
 * files full of commands are read, and what the commands would create never appears. */
#include "ifcfg-dir.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define CANARY "@CANARY@"

static const char *const baits[] = {
    "A=$(touch " CANARY ")\n",
    "A=\"x$(touch " CANARY ")\"\n",
    "A=`touch " CANARY "`\n",
    "A=\"`touch " CANARY "`\"\n",
    "A=b; touch " CANARY "\n",
    "A=b\ntouch " CANARY "\n",
    "A=b touch " CANARY "\n",
    "A=b && touch " CANARY " || touch " CANARY "\n",
    "A=b | touch " CANARY " & touch " CANARY "\n",
    "A=b > " CANARY "\n",
    "> " CANARY "\n",
    "cat <<E > " CANARY "\n$(touch " CANARY ")\nE\n",
    "A=<(touch " CANARY ")\n",
    "A=${B:-$(touch " CANARY ")}\n",
    "A=${B:-`touch " CANARY "`}\n",
    "A=${B%$(touch " CANARY ")}\n",
    "A=$((B[$(touch " CANARY ")]))\n",
    "A=$[B[$(touch " CANARY ")]]\n",
    "A[$(touch " CANARY ")]=b\n",
    "A=($(touch " CANARY "))\n",
    "if touch " CANARY "; then touch " CANARY "; fi\n",
    "touch() { :; }; f() { touch " CANARY "; }; f\n",
    "eval touch " CANARY "\nexec touch " CANARY "\n",
    "trap 'touch " CANARY "' EXIT DEBUG\n",
    "PROMPT_COMMAND='touch " CANARY "'\nBASH_ENV='$(touch " CANARY ")'\nPS4='$(touch " CANARY ")'\n",
    "CONFIG='x; touch " CANARY "'\nDEVICE='eth0; touch " CANARY "'\nIPADDR='$(touch " CANARY ")'\n",
    ". " CANARY ".sh\nsource " CANARY ".sh\n",
    "\"touch\" " CANARY "\n$(touch " CANARY ")\n`touch " CANARY "`\n",
    "coproc touch " CANARY "\n! touch " CANARY "\ntime touch " CANARY "\n",
};

#define DENY(number)                                                                                         \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)

static void forbid_processes(void)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        DENY(SYS_execve),
        DENY(SYS_execveat),
        DENY(SYS_clone),
#ifdef SYS_clone3
        DENY(SYS_clone3),
#endif
#ifdef SYS_fork
        DENY(SYS_fork),
        DENY(SYS_vfork),
#endif
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = G_N_ELEMENTS(code), .filter = code};
    g_assert_cmpint(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), ==, 0);
    g_assert_cmpint(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), ==, 0);
}

static char *bait_text(const char *bait, const char *canary)
{
    g_auto(GStrv) parts = g_strsplit(bait, CANARY, -1);
    return g_strjoinv(canary, parts);
}

/* Runs in a child, so that the lock does not hit the test program; 0 is success. */
static int read_locked(const char *root)
{
    pid_t child = fork();
    if (child == 0) {
        forbid_processes();
        g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
        IfcfgDir *dir = ifcfg_dir_load(root, problems, NULL);
        _exit(dir && ifcfg_dir_length(dir) == G_N_ELEMENTS(baits) && ifcfg_problems_length(problems) ? 0 : 1);
    }
    int status = -1;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

static void remove_tree(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    for (const char *name; folder && (name = g_dir_read_name(folder));) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        remove_tree(inner);
    }
    g_remove(path);
}

static void test_canary(void)
{
    g_autofree char *root = g_dir_make_tmp("ifcfg-canary-XXXXXX", NULL);
    g_autofree char *folder = g_build_filename(root, "etc/sysconfig/network-scripts", NULL);
    g_autofree char *canary = g_build_filename(root, "canary", NULL),
                    *script = g_strconcat(canary, ".sh", NULL);
    g_autofree char *script_text = g_strdup_printf("touch %s\n", canary);
    g_assert_cmpint(g_mkdir_with_parents(folder, 0755), ==, 0);
    g_assert_true(g_file_set_contents(script, script_text, -1, NULL));
    for (guint i = 0; i < G_N_ELEMENTS(baits); i++) {
        g_autofree char *path = g_strdup_printf("%s/ifcfg-eth%u", folder, i),
                        *text = bait_text(baits[i], canary);
        g_assert_true(g_file_set_contents(path, text, -1, NULL));
    }
    g_assert_cmpint(read_locked(root), ==, 0);
    g_assert_false(g_file_test(canary, G_FILE_TEST_EXISTS));
    remove_tree(root);
}

/* The lock itself must work, or the test above proves nothing. */
static void test_lock(void)
{
    pid_t child = fork();
    if (child == 0) {
        forbid_processes();
        execl("/bin/true", "true", NULL);
        _exit(0);
    }
    int status = 0;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFSIGNALED(status));
    g_assert_cmpint(WTERMSIG(status), ==, SIGSYS);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/canary/lock", test_lock);
    g_test_add_func("/canary/files", test_canary);
    return g_test_run();
}
