# Waits that last as long as they may: each has to be told, and to hold up nobody else.

load sandbox.bash

setup() {
    sandbox_make
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 ARPCHECK=no | put ifcfg-v0
}

# udev has work to do all the time here; who waits for it says so.
@test "ifup beside a card that is missing waits neither for that nor for udev, which has not found it" {
    printf '%s\n' DEVICE=late IPADDR=10.9.1.2 PREFIX=24 DEVTIMEOUT=3600 | put ifcfg-late
    sandbox '
        mkdir /run/udev; : >/run/udev/control; : >/run/udev/queue
        ifup v0; ip -br addr show v0
        coproc ifup late 2>&1; program=$!; read -r said <&${COPROC[0]}; echo "$said"; kill $program; wait $program || true'
    [ "$status" -eq 0 ]
    [[ $out == *10.9.0.2/24*udev* ]]
    [ "$(grep -c udev <<<"$out$err")" -eq 1 ]
}

@test "^S on the terminal holds up nothing" {
    sandbox '
        cat >/run/stopped.py <<END
import os, pty, sys, termios
master, slave = pty.openpty()
termios.tcflow(slave, termios.TCOOFF)
pid = os.fork()
if pid == 0:
    os.setsid()
    os.dup2(slave, 1); os.dup2(slave, 2)
    os.execvp("netsvc", ["netsvc", "start"])
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
END
        python3 /run/stopped.py; ip -br -4 addr show v0'
    [ "$status" -eq 0 ]
    [[ $out == *10.9.0.2/24* ]]
}
