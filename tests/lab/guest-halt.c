/* Halts the guest at once, and without a word on the console; bash, its process 1, has no such command. */
#include <sys/reboot.h>
#include <unistd.h>

int main(void)
{
    return reboot(RB_AUTOBOOT); /* QEMU runs with -no-reboot: it ends */
}
