/* The language of ifcfg files: each row is a text, what must come out of it, and how many problems of each
 * kind. */
#include "ifcfg-record.h"
#include <string.h>

typedef struct {
    const char *text;
    const char *expected; /* last values, "KEY=value|KEY=value" in order of first appearance in the list of
                             assignments */
    guint errors, warnings;
    const char *place;   /* "line:column" of the first problem, or NULL */
    const char *message; /* a part of the first problem's text */
} Case;

static const Case plain_cases[] = {
    {"A=b\n", "A=b", 0, 0, NULL, NULL},
    {"A=b", "A=b", 0, 0, NULL, NULL},
    {"", "", 0, 0, NULL, NULL},
    {"\xef\xbb\xbf"
     "A=b\n",
     "A=b", 0, 0, NULL, NULL},
    {"A=b\r\nC=\"d\"\r\n", "A=b|C=d", 0, 0, NULL, NULL},
    {"A=b\r", "A=b", 0, 0, NULL, NULL},
    {"A=\"b \\\r\nc\"\r\n", "A=b c", 0, 0, NULL, NULL},
    {"  A=b  \n\t C=d\t\n", "A=b|C=d", 0, 0, NULL, NULL},
    {"A=\nB=x\n", "A=|B=x", 0, 0, NULL, NULL},
    {"# A=b\n\n   # more\nC=d\n", "C=d", 0, 0, NULL, NULL},
    {"A=1.2.3.4  # text\nB=1\t# text\n", "A=1.2.3.4|B=1", 0, 0, NULL, NULL},
    {"A=4.2.2.2#name\n", "A=4.2.2.2#name", 0, 0, NULL, NULL},
    {"A=\"eth0\"; # remark\n", "A=eth0", 0, 0, NULL, NULL},
    {"A=\"eth0\"   \n", "A=eth0", 0, 0, NULL, NULL},
    {"A=1 B=2; C=3;D=4\n", "A=1|B=2|C=3|D=4", 0, 0, NULL, NULL},
    {"A=1\nA=2\n", "A=1|A=2", 0, 0, NULL, NULL},
    {"A=x\nA+=y\nB+=z\n", "A=x|A=xy|B=z", 0, 0, NULL, NULL},
    {"Type=x\n_a1=y\n", "Type=x|_a1=y", 0, 0, NULL, NULL},
    {"A=~/*.[ch]?\n", "A=~/*.[ch]?", 0, 0, NULL, NULL},
    {"A=\xff\xfe\n", "A=\xff\xfe", 0, 0, NULL, NULL},
};

static const Case quote_cases[] = {
    {"A=a\"b\"'c'd\n", "A=abcd", 0, 0, NULL, NULL},
    {"A='a\"b\\c $x'\n", "A=a\"b\\c $x", 0, 0, NULL, NULL},
    {"A=\"a\\\"b\\\\c\\$d\\e'f\"\n", "A=a\"b\\c$d\\e'f", 0, 0, NULL, NULL},
    {"A=a\\ b\\\"c\n", "A=a b\"c", 0, 0, NULL, NULL},
    {"A=$'t\\tn\\x41\\101\\u00e9\\'q\\z'\n", "A=t\tnAA\xc3\xa9'q\\z", 0, 0, NULL, NULL},
    {"A=$\"locale\"\n", "A=locale", 0, 0, NULL, NULL},
    {"A=\"mode=1 primary=\"eno49\" miimon=100\"\n", "A=mode=1 primary=eno49 miimon=100", 0, 0, NULL, NULL},
    {"A=\"\"bad\"  \"\n", "A=bad  ", 0, 0, NULL, NULL},
    {"A=one\\\ntwo\n", "A=onetwo", 0, 0, NULL, NULL},
    {"A=1 \\\nB=2\n", "A=1|B=2", 0, 0, NULL, NULL},
    {"A=\"one \\\ntwo\"\n", "A=one two", 0, 0, NULL, NULL},
    {"A=\"one\n two\" # fine\nB=c\n", "A=one\n two|B=c", 0, 0, NULL, NULL},
    {"A=\"eth0\nB=\"x\"\n", "A=eth0|B=x", 1, 0, "1:3", "never closed"},
    {"A=it's mine\n# don't\nB=x\n", "A=its mine|B=x", 1, 0, "1:5", "never closed"},
    {"A='x\n", "A=x", 1, 0, "1:3", "add the closing '"},
};

static const Case variable_cases[] = {
    {"A=x\nB=$A-${A}\nC='$A'\nD=\\$A\n", "A=x|B=x-x|C=$A|D=$A", 0, 0, NULL, NULL},
    {"A=\"a  b\"\nB=$A\n", "A=a  b|B=a  b", 0, 0, NULL, NULL},
    {"A=$FROM_NETWORK\n", "A=global", 0, 0, NULL, NULL},
    {"FROM_NETWORK+=+\n", "FROM_NETWORK=global+", 0, 0, NULL, NULL},
    {"A=${N:-d}${E:-d}${E-d}${N-d}\n",
     "A=dd"
     "d",
     0, 0, NULL, NULL},
    {"A=x\nB=${A:+y}${N:+y}${E:+y}${E+z}\n", "A=x|B=yz", 0, 0, NULL, NULL},
    {"A=a.b.c\nB=${A%.*},${A%%.*},${A#*.},${A##*.}\n", "A=a.b.c|B=a.b,a,b.c,c", 0, 0, NULL, NULL},
    {"A='a*b'\nB=${A%\\*b}${A%'*'?}${A#[a-c]}\n", "A=a*b|B=aa*b", 0, 0, NULL, NULL},
    {"A=x\nB=${N:-\"${A:-y} z\"}\n", "A=x|B=x z", 0, 0, NULL, NULL},
    {"A=\"${N:-it's}\"\n", "A=it's", 0, 0, NULL, NULL},
    {"A=\"$A more\"\n", "A= more", 0, 0, NULL, NULL},
    {"A=5$ B=$\n", "A=5$|B=$", 0, 0, NULL, NULL},
    {"A=x$NONE\n", "A=x", 0, 1, "1:4", "$NONE is not set"},
    {"A=${N:=x}\nB=y\n", "B=y", 1, 0, "1:3", "not set: A"},
    {"A=${N/x/y}\nB=y\n", "B=y", 1, 0, "1:3", "write the value itself"},
    {"A=$$\nB=$1\nC=y\n", "C=y", 2, 0, "1:3", "running shell"},
    {"A=${N\nB=y\n", "B=y", 1, 0, "1:3", "never closed"},
};

static const Case word_cases[] = {
    {"export A=b C=\"d e\"\nexport A\n", "A=b|C=d e", 0, 0, NULL, NULL},
    {"declare -x A=b\ntypeset C=d\nreadonly E=f\n", "A=b|C=d|E=f", 0, 0, NULL, NULL},
    {"A=b\nC=d\nunset A\nunset -v X\n", "C=d", 0, 0, NULL, NULL},
    {"NAME=bond0 slave 1\nB=x\n", "NAME=bond0 slave 1|B=x", 0, 1, "1:1", "NAME=\"bond0 slave 1\""},
    {"A=a/64 b/64 # two\n", "A=a/64 b/64", 0, 1, "1:1", "needs quotes"},
    {"OPTS=mode=1 miimon=100 MTU=9\n", "OPTS=mode=1 miimon=100|MTU=9", 0, 1, "1:1",
     "OPTS=\"mode=1 miimon=100\""},
    {"A= 10.0.0.1\n", "A=10.0.0.1", 0, 1, "1:1", "follow the ="},
    {"A==b\nB='=c'\n", "A==b|B==c", 0, 1, "1:1", "write A=b"},
    {"K = v\nA=b\n", "A=b", 1, 0, "1:1", "spaces around the ="},
    {"A=\"x\" stray words\nB=y\n", "A=x|B=y", 1, 0, "1:7", "unexpected text 'stray'"},
    {"24-bit\nB=y\n", "B=y", 1, 0, "1:1", "not KEY=value"},
    {"A-B=c\nB=y\n", "B=y", 1, 0, "1:1", "sets nothing"},
    {"A=24 (a remark)\nB=y\n", "A=24|B=y", 1, 0, "1:6", "'('"},
    {"A=<placeholder>\nB=y\n", "B=y", 1, 0, "1:3", "not set: A"},
    {"A=u?a=1&b=2\nB=y\n", "B=y", 1, 0, "1:8", "not set: A"},
    {"A=(1\n2)\nB=y\n", "B=y", 1, 0, "1:1", "array"},
    {"A[0]=1\nB=y\n", "B=y", 1, 0, "1:1", "array"},
};

static const Case refused_cases[] = {
    {"A=$(date)\nB=y\n", "B=y", 1, 0, "1:3", "never run"},
    {"A=\"x `date` y\"\nB=y\n", "B=y", 1, 0, "1:6", "never run"},
    {"A=$((1+2)) B=y\n", "B=y", 1, 0, "1:3", "arithmetic"},
    {"A=\"$(echo \"a)\")\" B=y\n", "B=y", 1, 0, "1:4", "never run"},
    {". /etc/other\nsource x\nB=y\n", "B=y", 2, 0, "1:1", "copy the lines"},
    {"if true; then\n A=1\nfi\nB=y\n", "B=y", 1, 0, "1:1", "line 3"},
    {"if a; then case x in y) A=1;; esac; fi; B=y\n", "B=y", 1, 0, "1:1", "'if'"},
    {"for i in 1 2; do\nA=$i\ndone\nB=y\n", "B=y", 1, 0, "1:1", "'for'"},
    {"f() {\n A=1\n}\nfunction g { A=2; }\n( A=3 )\nB=y\n", "B=y", 1, 2, "1:1", "line 3"},
    {"cat <<EOF\nA=1\nEOF\nB=y\n", "B=y", 1, 0, "1:1", "'cat'"},
    {"[ -f x ] && A=1; B=y\n", "B=y", 1, 0, "1:1", "'['"},
    {"[ -f x ] && {\n A=1\n}\nB=y\n", "B=y", 1, 0, "1:1", "'['"},
    {"cmd |\nother\nB=y\n", "B=y", 1, 0, "1:1", "'cmd'"},
    {"A=x >/dev/null 2>&1\nB=y\n", "A=x|B=y", 1, 0, "1:5", "'>'"},
    {"if true; then\nA=1\n", "A=1", 1, 0, "1:1", "end is missing"},
};

static char *record_dump(const IfcfgRecord *record)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < ifcfg_record_length(record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(record, i);
        g_string_append_printf(text, "%s%s=%s", i ? "|" : "", assignment->key, assignment->value);
    }
    return g_string_free(text, FALSE);
}

static void check_first_problem(const Case *row, const IfcfgProblems *problems)
{
    const IfcfgProblem *first = ifcfg_problems_length(problems) ? ifcfg_problems_get(problems, 0) : NULL;
    g_assert_cmpint(first != NULL, ==, row->place != NULL);
    if (!first)
        return;
    g_autofree char *place = g_strdup_printf("%u:%u", first->where.line, first->where.column);
    g_assert_cmpstr(place, ==, row->place);
    g_assert_cmpstr(first->where.file, ==, "ifcfg-x");
    if (!strstr(first->message, row->message))
        g_error("%s: expected ...%s..., got: %s", row->text, row->message, first->message);
}

static void check_case(const Case *row)
{
    static const char network[] = "FROM_NETWORK=global\nE=\n";
    g_autoptr(IfcfgRecord) defaults = ifcfg_record_parse("network", network, strlen(network), NULL, NULL);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(IfcfgRecord) record =
        ifcfg_record_parse("ifcfg-x", row->text, strlen(row->text), defaults, problems);
    g_autofree char *got = record_dump(record);
    guint errors = ifcfg_problems_count(problems, IFCFG_ERROR);
    guint warnings = ifcfg_problems_count(problems, IFCFG_WARNING);
    if (strcmp(got, row->expected) || errors != row->errors || warnings != row->warnings)
        g_error("%s: expected %s, %u errors, %u warnings; got %s, %u, %u", row->text, row->expected,
                row->errors, row->warnings, got, errors, warnings);
    check_first_problem(row, problems);
}

#define TABLE_TEST(name)                                                                                     \
    static void test_##name(void)                                                                            \
    {                                                                                                        \
        for (guint i = 0; i < G_N_ELEMENTS(name##_cases); i++)                                               \
            check_case(&name##_cases[i]);                                                                    \
    }
TABLE_TEST(plain)
TABLE_TEST(quote)
TABLE_TEST(variable)
TABLE_TEST(word)
TABLE_TEST(refused)

static void test_places(void)
{
    static const char text[] = "# head\n  A=\"b\" C='d'\nE= f\nG=\"1\n2\" H=i\n";
    static const struct {
        const char *key;
        guint line, column, value_line, value_column;
    } rows[] = {{"A", 2, 3, 2, 5}, {"C", 2, 9, 2, 11}, {"E", 3, 1, 3, 4}, {"G", 4, 1, 4, 3}};
    g_autoptr(IfcfgRecord) record = ifcfg_record_parse("ifcfg-x", text, strlen(text), NULL, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        const IfcfgAssignment *found = ifcfg_record_find(record, rows[i].key);
        g_assert_nonnull(found);
        g_assert_cmpuint(found->where.line, ==, rows[i].line);
        g_assert_cmpuint(found->where.column, ==, rows[i].column);
        g_assert_cmpuint(ifcfg_record_where(record, rows[i].key).line, ==, rows[i].value_line);
        g_assert_cmpuint(ifcfg_record_where(record, rows[i].key).column, ==, rows[i].value_column);
    }
    g_assert_cmpuint(ifcfg_record_where(record, "NONE").line, ==, 0);
    g_assert_cmpstr(ifcfg_record_where(record, "NONE").file, ==, "ifcfg-x");
}

static void test_lookup(void)
{
    g_autoptr(GString) text = g_string_new("K7=old\n");
    for (guint i = 0; i < 100; i++) /* more than fit a list without an index */
        g_string_append_printf(text, "K%u=%u\n", i, i);
    g_string_append(text, "unset K3 K7\nK3=again\n");
    g_autoptr(IfcfgRecord) record = ifcfg_record_parse("x", text->str, text->len, NULL, NULL);
    g_assert_cmpuint(ifcfg_record_length(record), ==, 99);
    g_assert_cmpstr(ifcfg_record_get(record, "K99"), ==, "99");
    g_assert_cmpstr(ifcfg_record_get(record, "K3"), ==, "again");
    g_assert_null(ifcfg_record_get(record, "K7"));
    g_assert_cmpstr(ifcfg_record_nth(record, 98)->key, ==, "K3");
}

/* Every line doubles the value; this must end early and in little memory. */
static void test_doubling(void)
{
    g_autoptr(GString) text = g_string_new("A=xxxxxxxx\n");
    for (guint i = 0; i < 5000; i++)
        g_string_append(text, "A=$A$A\nB+=$A\n");
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(IfcfgRecord) record = ifcfg_record_parse("x", text->str, text->len, NULL, problems);
    gsize total = 0;
    for (guint i = 0; i < ifcfg_record_length(record); i++)
        total += strlen(ifcfg_record_nth(record, i)->value);
    g_assert_cmpuint(total, <, 8 * 1024 * 1024);
    g_assert_cmpuint(ifcfg_problems_count(problems, IFCFG_ERROR), >, 0);
}

static void test_nul(void)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(IfcfgRecord) record = ifcfg_record_parse("x", "A=b\n\0C=d\n", 9, NULL, problems);
    g_assert_cmpuint(ifcfg_record_length(record), ==, 0);
    g_assert_cmpuint(ifcfg_problems_count(problems, IFCFG_ERROR), ==, 1);
}

static void test_yes_no(void)
{
    static const char *const yes[] = {"t", "Y", "yes", "On", "TRUE", "1"}, *const no[] = {"f",     "N",
                                                                                          "no",    "Off",
                                                                                          "FALSE", "0"};
    for (guint i = 0; i < G_N_ELEMENTS(yes); i++) {
        g_assert_true(ifcfg_is_true(yes[i]) && !ifcfg_is_false(yes[i]));
        g_assert_true(ifcfg_is_false(no[i]) && !ifcfg_is_true(no[i]));
    }
    g_assert_false(ifcfg_is_true("maybe") || ifcfg_is_false("maybe") || ifcfg_is_true("") ||
                   ifcfg_is_false(""));
    g_assert_false(ifcfg_is_true(NULL) || ifcfg_is_false(NULL));
}

static void test_problem_format(void)
{
    IfcfgProblem problem = {{"f", 3, 7}, IFCFG_ERROR, (char *)"text"};
    g_autofree char *full = ifcfg_problem_format(&problem);
    g_assert_cmpstr(full, ==, "f:3:7: error: text");
    problem.where.line = 0;
    problem.severity = IFCFG_WARNING;
    g_autofree char *file_only = ifcfg_problem_format(&problem);
    g_assert_cmpstr(file_only, ==, "f: warning: text");
}

static void test_problem_sort(void)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    static const IfcfgWhere places[] = {{"b", 1, 1}, {"a", 2, 9}, {"a", 2, 3}, {"a", 10, 1}, {"a", 2, 3}};
    static const char *const order[] = {"2", "4", "1", "3", "0"};
    for (guint i = 0; i < G_N_ELEMENTS(places); i++)
        ifcfg_problems_add(problems, IFCFG_ERROR, places[i], "%u", i);
    ifcfg_problems_sort(problems);
    for (guint i = 0; i < G_N_ELEMENTS(order); i++)
        g_assert_cmpstr(ifcfg_problems_get(problems, i)->message, ==, order[i]);
    ifcfg_problems_add(NULL, IFCFG_ERROR, places[0], "nobody listens");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/record/plain", test_plain);
    g_test_add_func("/record/quotes", test_quote);
    g_test_add_func("/record/variables", test_variable);
    g_test_add_func("/record/words", test_word);
    g_test_add_func("/record/refused", test_refused);
    g_test_add_func("/record/places", test_places);
    g_test_add_func("/record/lookup", test_lookup);
    g_test_add_func("/record/doubling", test_doubling);
    g_test_add_func("/record/nul", test_nul);
    g_test_add_func("/record/yes-no", test_yes_no);
    g_test_add_func("/problem/format", test_problem_format);
    g_test_add_func("/problem/sort", test_problem_sort);
    return g_test_run();
}
