# bash completion for ifup, ifdown and ifenslave where they are netsvc's and not another package's: read at the first use.
_netsvc_aside() {
    . /usr/share/bash-completion/completions/netsvc && return 124 # bash asks again
}
for _netsvc_name in ifup ifdown ifenslave; do
    [ "/usr/sbin/$_netsvc_name" -ef /usr/sbin/netsvc ] && complete -F _netsvc_aside "$_netsvc_name"
done
unset -v _netsvc_name
