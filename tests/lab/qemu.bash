# The emulator and its processor, to be sourced: sets qemu, the command, and qemu_arch.

# A plain processor of x86-64-v2: each newer feature (erms, smap, xsave) costs an emulator more than it saves the guest.
qemu_arch=$(uname -m)
case $qemu_arch in
x86_64) qemu=(qemu-system-x86_64 -M pc -cpu qemu64,+ssse3,+sse4.1,+sse4.2,+popcnt,+cx16,+lahf_lm,+rdrand) ;;
aarch64) qemu=(qemu-system-aarch64 -M virt -cpu max) ;;
*) echo "no guest for $qemu_arch" >&2; exit 1 ;;
esac
command -v "${qemu[0]}" >/dev/null || qemu[0]=/usr/libexec/qemu-kvm
