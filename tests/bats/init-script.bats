# The init script where systemd runs the unit: here a systemctl of the test's, which says one line as netsvc would.

setup() {
    mkdir "$BATS_TEST_TMPDIR/bin" "$BATS_TEST_TMPDIR/run"
    cd "$BATS_TEST_TMPDIR"
    printf '#!/bin/sh\nexit 0\n' >bin/netsvc
    printf '#!/bin/sh\nexec /bin/sleep 600\n' >bin/sleep
    cat >bin/systemctl <<END
#!/bin/sh
case "\$*" in
*LoadState*) echo loaded ;;
*ActiveState*) echo active ;;
*) for pipe in $PWD/run/consoles/*; do exec 5>"\$pipe"; rm "\$pipe"; echo "Bringing up interface bond0:  [  OK  ]" >&5; done ;;
esac
END
    chmod +x bin/*
    sed "s#^PATH=.*#PATH=$PWD/bin:\$PATH#; s#/run/netsvc#$PWD/run#g; s#case \$0 in /etc.*esac#:#; s#\[ -d /run/systemd/system \]#true#; \
        s#\[ \"\$(id -u)\" -eq 0 \]#true#" "$TREE/init.d/network" >network
}

@test "who restarts by it has all lines, and waits for nothing more when the last one is there" {
    for i in {1..40}; do
        run timeout 300 sh network restart
        [ "$status" -eq 0 ]
        [ "$output" = "Bringing up interface bond0:  [  OK  ]" ]
    done
    [ -z "$(ls run/consoles)" ]
}
