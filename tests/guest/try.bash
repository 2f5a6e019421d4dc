# An administrator who sits in the client's namespace and is logged in by SSH over the bond that is under test. To be sourced
# behind helpers.bash.
SSH_FOLDER=/run/lab/ssh
SSH=(ssh -F /dev/null -i $SSH_FOLDER/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR
    -o ConnectTimeout=30 -o ServerAliveInterval=1 -o ServerAliveCountMax=60)

ssh_server() {
    mkdir -p $SSH_FOLDER /run/sshd
    [ -e $SSH_FOLDER/key ] || {
        ssh-keygen -q -t ed25519 -N '' -f $SSH_FOLDER/host
        ssh-keygen -q -t ed25519 -N '' -f $SSH_FOLDER/key
    }
    printf '%s\n' "HostKey $SSH_FOLDER/host" "AuthorizedKeysFile $SSH_FOLDER/key.pub" 'PermitRootLogin yes' 'UsePAM no' 'StrictModes no' \
        'UseDNS no' 'PidFile none' 'KexAlgorithms curve25519-sha256' >$SSH_FOLDER/conf
    web01 "$(type -P sshd)" -f $SSH_FOLDER/conf -E $SSH_FOLDER/log
}
admin() { # COMMAND: a login of its own; TO: the address, 10.0.11.2 if not set
    lab_ns client "${SSH[@]}" "root@${TO:-10.0.11.2}" "$1" </dev/null
}
session_open() { # the one that all tests of a file share, as long as it lives
    coproc SESSION { exec nsenter --net=/run/netns/client -- "${SSH[@]}" "root@${TO:-10.0.11.2}" 'exec bash' 2>&1 3>&-; }
    session_lives 30
}
session_close() {
    [ -z "${SESSION_PID:-}" ] || kill "$SESSION_PID" 2>/dev/null || :
    wait "${SESSION_PID:-}" 2>/dev/null || :
}
session_send() { # COMMAND
    echo "$1" >&"${SESSION[1]}"
}
# Reads up to a line that begins so; the lines are in SAID.
session_read() { # BEGIN SECONDS
    local line end=$((SECONDS + $2))
    SAID=
    while [ $SECONDS -lt $end ] && IFS= read -r -t $((end - SECONDS + 1)) line <&"${SESSION[0]}"; do
        SAID+=$line$'\n'
        [[ $line == "$1"* ]] && return 0
    done
    return 1
}
session_lives() { # SECONDS
    local mark="lives $RANDOM$RANDOM"
    session_send "echo $mark" && session_read "$mark" "$1"
} 2>/dev/null

# What an administrator's own network may do to an address that nobody has told it of.
client_firewall() {
    ip netns exec client tc -batch - <<<'qdisc add dev front clsact
        filter add dev front ingress protocol ip u32 match ip src 10.0.11.66/32 action drop'
}
try_files() { # two bonds as a server far away has them
    ifcfg bond0 IPADDR=10.0.11.2 PREFIX=24 GATEWAY=10.0.11.1 ARPCHECK=no 'BONDING_OPTS="mode=1 miimon=100"'
    ifcfg bond1 IPADDR=172.16.11.2 PREFIX=24 ARPCHECK=no 'BONDING_OPTS="mode=1 miimon=100"'
    port_files bond0 eth0 eth1
    port_files bond1 eth2 eth3
}
# All that has to be as it was: links with their options, addresses, routes, rules, the record and the files. Not what drivers
# count, choose or number.
try_state() {
    web01 bash -c 'ip -d -o link | sed -E "s/^[0-9]+: //; s/ qdisc [^ ]*//; s/ (link_failure_count|mii_status|state|ad_[a-z_]*|active_slave) [^ ]*//g; s/numtxqueues.*//; s/<[^>]*(,UP)[^>]*>/<UP>/" | sort
        ip -o addr | sed -E "s/^[0-9]+: //; s/valid_lft.*//; s/ tentative| noprefixroute//g; /fe80/d" | sort
        ip route show table all | grep -v fe80 | grep -v ff00 | sed -E "s/^(169.254.*metric) [0-9]+/\1 N/" | sort; { ip -6 rule; ip rule; } | grep -v l3mdev
        cd /etc/sysconfig/network-scripts; md5sum * | grep -v "\.bak"; :' 2>&1
}
