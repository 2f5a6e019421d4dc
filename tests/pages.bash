# What the README and the quick starts show, for tests that compare it with what happens. PAGE is the page's path.

# page_file NAME: the text of a fence that is a file, by its name.
page_file() {
    sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/{/^\`\`\`/d;p}" "$PAGE"
}
# page_output COMMAND: what a fence shows below a command that is typed in it.
page_output() {
    sed -n "/^# $1\$/,/^\`\`\`\$/{/^# $1\$/d;/^\`\`\`\$/d;p}" "$PAGE"
}
# page_block HEADING NUMBER: an indented block below the heading that contains this; empty lines do not end it.
page_block() {
    awk -v heading="$1" -v block="$2" '
        /^###? / { inside = index($0, heading) > 0; n = was = empty = 0 }
        inside && /^    / {
            if (!was) n++; else if (n == block) while (empty-- > 0) print ""
            if (n == block) print substr($0, 5)
            was = 1; empty = 0
            next
        }
        /^$/ { empty++; next }
        { was = empty = 0 }' "$PAGE"
}
# page_after TEXT: the fence that stands below the line that begins so.
page_after() {
    awk -v text="$1" 'index($0, text) == 1 { found = 1 } found && /^```/ { if (inside) exit; inside = 1; next } inside' "$PAGE"
}
