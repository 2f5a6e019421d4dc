/* Proves that no file content is ever executed: in a process that the kernel kills at the first fork or exec,
 * files full of commands are read, of every kind that is read at all, and what the commands would create
 * never appears. */
#include "console/status-line.h"
#include "load.h"
#include "tree.h"
#include <errno.h>
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
    "MOVE_TO_COL=\"touch " CANARY "\"\nSETCOLOR_SUCCESS='echo -en $(touch " CANARY ")'\n",
    "install bond0 touch " CANARY "\ninstall bond1 /sbin/modprobe bonding x=$(touch " CANARY ")\n",
    "options bonding mode=`touch " CANARY "`\nalias eth0 $(touch " CANARY ")\nremove eth0 touch " CANARY "\n",
    "softdep bonding pre: `touch " CANARY "`\ninclude " CANARY ".sh\n",
    "10.3.0.0/16 via $(touch " CANARY ")\n10.4.0.0/16 dev eth0; touch " CANARY "\n",
    "default `touch " CANARY "` dev eth0\n-family inet; touch " CANARY "\n",
    "ADDRESS1=$(touch " CANARY ")\nNETMASK1=`touch " CANARY "`\nGATEWAY1=\"$(touch " CANARY ")\"\n",
    "7 $(touch " CANARY ")\n8 five; touch " CANARY "\n",
    "BONDING_OPTS=\"mode=$(touch " CANARY ") primary=`touch " CANARY "`\"\n",
    "ETHTOOL_OPTS='; touch " CANARY "'\nEXTRA_ROUTE_OPTS='; touch " CANARY "'\nSCOPE='$(touch " CANARY ")'\n",
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
        g_unsetenv("BOOTUP"); /* else the file would not be asked */
        g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
        g_autoptr(StatusStyle) style = status_style_load(root, TRUE);
        g_autofree char *line = status_line_end(style, STATUS_OK);
        NetModel *model = tree_load(root, NULL, problems);
        _exit(model && line && net_model_length(model) == 1 && ifcfg_problems_length(problems) ? 0 : 1);
    }
    int status = -1;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

/* Every file that is read, with lines around the bait. */
static const struct {
    const char *name, *before, *after;
} places[] = {
    {"/etc/sysconfig/network", "NETWORKING=yes\n", "VAR=x\n"},
    {"/etc/sysconfig/init", "", "BOOTUP=color\n"},
    {"ifcfg-eth0", "DEVICE=eth0\n", "IPADDR=10.0.0.1\nPREFIX=24\n"},
    {"keys-eth0", "", "KEY=x\n"},
    {"route-eth0", "", "10.1.0.0/16 via 10.0.0.254\n"},
    {"route6-eth0", "", "2001:db8::/32 via fe80::1\n"},
    {"rule-eth0", "", "from 10.0.0.1 table 5\n"},
    {"rule6-eth0", "", "from 2001:db8::1 table 5\n"},
    {"eth0.route", "ADDRESS0=10.2.0.0\n", "NETMASK0=255.255.0.0\nGATEWAY0=10.0.0.254\n"},
    {"/etc/modules.conf", "", "alias eth0 e1000\n"},
    {"/etc/modprobe.conf", "", "options eth0 x=1\n"},
    {"/etc/modprobe.d/x.conf", "", "options bonding miimon=100\n"},
    {"/etc/iproute2/rt_tables", "", "5 five\n"},
};

static void run_bait(const char *bait)
{
    g_autofree char *root = g_dir_make_tmp("ifcfg-canary-XXXXXX", NULL);
    g_autofree char *canary = g_build_filename(root, "canary", NULL), *text = bait_text(bait, canary);
    g_autofree char *script = g_strconcat(canary, ".sh", NULL),
                    *touch = g_strdup_printf("touch %s\n", canary);
    g_autoptr(GString) files = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(places); i++)
        g_string_append_printf(files, "@%s\n%s%s%s", places[i].name, places[i].before, text, places[i].after);
    case_write(root, files->str);
    g_assert_true(g_file_set_contents(script, touch, -1, NULL));
    g_test_message("%s", bait);
    g_assert_cmpint(read_locked(root), ==, 0);
    g_assert_false(g_file_test(canary, G_FILE_TEST_EXISTS));
    case_remove(root);
}

static void test_canary(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(baits); i++)
        run_bait(baits[i]);
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
