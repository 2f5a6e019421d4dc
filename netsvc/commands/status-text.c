/* The rows of `netsvc status` as text. */
#include "commands/status-text.h"
#include "commands/status-rows.h"
#include "console/cli.h"
#include "console/columns.h"
#include "console/json-text.h"
#include "i18n.h"
#include "plan/verify.h"

enum { COLUMN_NAME, COLUMN_STATE, COLUMN_PORTS, COLUMN_FILE, COLUMN_LAST };
enum { INDENT = 4, GAP = 2 };

static char *ports_text(const StatusRow *row)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < row->ports->len; i++) {
        g_autofree char *port = status_port_text(&g_array_index(row->ports, StatusPort, i));
        g_string_append_printf(text, "%s%s", i ? " " : "", port);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *addresses_text(const StatusRow *row)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (guint i = 0; i < row->addresses->len; i++)
        g_ptr_array_add(words, row->addresses->pdata[i]);
    g_ptr_array_add(words, NULL);
    return g_strjoinv(" ", (char **)words->pdata);
}

static char *wrong_text(const NetDifference *difference)
{
    g_autofree char *where = cli_where(difference->where);
    return *where ? g_strdup_printf("%s: %s", where, difference->message) : g_strdup(difference->message);
}

/* --- a table --- */

typedef char *Cells[COLUMN_LAST];

static void cells_fill(Cells cells, const StatusRow *row)
{
    cells[COLUMN_NAME] = g_strdup(row->name);
    cells[COLUMN_STATE] = g_strdup(_(status_health_name(row->health)));
    cells[COLUMN_PORTS] = ports_text(row);
    cells[COLUMN_FILE] = g_strdup(row->file ? cli_basename(row->file) : "-");
}

static void cells_clear(Cells cells)
{
    for (guint i = 0; i < COLUMN_LAST; i++)
        g_free(cells[i]);
}

/* Breaks between words; one that is too long for a line has it for itself. */
static void append_wrapped(GString *table, const char *text, guint indent, guint width)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    guint at = 0;
    for (char **word = words; *word; word++) {
        guint wide = columns_width(*word);
        gboolean is_first = at == 0;
        if (is_first || at + 1 + wide > width) {
            g_string_append_printf(table, "%s%*s", is_first ? "" : "\n", (int)(indent + (is_first ? 0 : GAP)),
                                   "");
            at = indent + (is_first ? 0 : GAP);
        } else {
            g_string_append_c(table, ' ');
            at++;
        }
        g_string_append(table, *word);
        at += wide;
    }
    g_string_append_c(table, '\n');
}

static void append_cells(GString *table, const Cells cells, const guint *widths)
{
    for (guint i = 0; i < COLUMN_LAST; i++) {
        g_autofree char *cell = columns_pad(cells[i], i + 1 < COLUMN_LAST ? widths[i] + GAP : 0);
        g_string_append(table, cell);
    }
    g_string_append_c(table, '\n');
}

static void append_row(GString *table, const StatusRow *row, const guint *widths, guint width)
{
    g_autofree char *addresses = addresses_text(row);
    Cells cells;
    cells_fill(cells, row);
    append_cells(table, cells, widths);
    cells_clear(cells);
    if (*addresses)
        append_wrapped(table, addresses, INDENT, width);
    for (guint i = 0; i < row->wrong->len; i++) {
        g_autofree char *wrong = wrong_text(row->wrong->pdata[i]);
        append_wrapped(table, wrong, INDENT, width);
    }
}

char *status_table(const GPtrArray *rows, guint width)
{
    const Cells titles = {_("interface"), _("state"), _("ports"), _("file")};
    guint widths[COLUMN_LAST] = {0};
    GString *table = g_string_new(NULL);
    for (guint c = 0; c < COLUMN_LAST; c++)
        widths[c] = columns_width(titles[c]);
    for (guint i = 0; i < rows->len; i++) {
        Cells cells;
        cells_fill(cells, rows->pdata[i]);
        for (guint c = 0; c < COLUMN_LAST; c++)
            widths[c] = MAX(widths[c], columns_width(cells[c]));
        cells_clear(cells);
    }
    append_cells(table, titles, widths);
    for (guint i = 0; i < rows->len; i++)
        append_row(table, rows->pdata[i], widths, width);
    return g_string_free(table, FALSE);
}

/* --- for scripts and programs --- */

char *status_lines(const GPtrArray *rows)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < rows->len; i++) {
        const StatusRow *row = rows->pdata[i];
        g_autofree char *ports = ports_text(row), *addresses = addresses_text(row);
        g_string_append_printf(text, "%s\t%s\t%s\t%s\t%s\t", row->name, status_health_name(row->health),
                               ports, addresses, row->file ? row->file : "");
        for (guint w = 0; w < row->wrong->len; w++) {
            g_autofree char *wrong = wrong_text(row->wrong->pdata[w]);
            g_string_append_printf(text, "%s%s", w ? "; " : "", wrong);
        }
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}

static void ports_add(JsonBuilder *json, const StatusRow *row)
{
    json_array_begin(json, "ports");
    for (guint i = 0; i < row->ports->len; i++) {
        const StatusPort *port = &g_array_index(row->ports, StatusPort, i);
        json_builder_begin_object(json);
        json_text_add(json, "name", port->name);
        json_bool_add(json, "active", port->state == STATUS_PORT_ACTIVE);
        json_bool_add(json, "usable", port->state != STATUS_PORT_UNUSABLE);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
}

static void differences_add(JsonBuilder *json, const StatusRow *row)
{
    json_array_begin(json, "differences");
    for (guint i = 0; i < row->wrong->len; i++) {
        const NetDifference *difference = row->wrong->pdata[i];
        json_builder_begin_object(json);
        json_text_add(json, "message", difference->message);
        json_where_add(json, difference->where);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
}

static void row_add(JsonBuilder *json, const StatusRow *row)
{
    json_builder_begin_object(json);
    json_text_add(json, "name", row->name);
    json_text_add(json, "type", row->kind);
    json_text_add(json, "state", status_health_name(row->health));
    json_bool_add(json, "up", row->is_up);
    ports_add(json, row);
    json_array_begin(json, "addresses");
    for (guint i = 0; i < row->addresses->len; i++)
        json_text_append(json, row->addresses->pdata[i]);
    json_builder_end_array(json);
    json_text_add(json, "file", row->file);
    differences_add(json, row);
    json_builder_end_object(json);
}

char *status_json(const GPtrArray *rows)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    json_array_begin(json, "interfaces");
    for (guint i = 0; i < rows->len; i++)
        row_add(json, rows->pdata[i]);
    json_builder_end_array(json);
    json_text_add(json, "state", status_health_name(status_rows_worst(rows)));
    json_builder_end_object(json);
    return json_text_print(json);
}
