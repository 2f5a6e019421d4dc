# For files whose tests each begin on the guide's server as it is before its first start; each may leave what it likes.
load helpers.bash

setup_file() {
    lab_web01
}
setup() {
    fresh_web01
}
teardown_file() {
    lab_destroy
}
