/* The properties of a transient unit (systemd.service(5), systemd.exec(5), systemd.kill(5)). */
#include "apply/unit-message.h"
#include <string.h>

enum { RESTART_US = 5 * G_USEC_PER_SEC, STOP_US = 10 * G_USEC_PER_SEC, TIMER_US = G_USEC_PER_SEC / 10 };

static void open_property(sd_bus_message *message, const char *name, const char *type)
{
    sd_bus_message_open_container(message, 'r', "sv");
    sd_bus_message_append_basic(message, 's', name);
    sd_bus_message_open_container(message, 'v', type);
}

static void close_property(sd_bus_message *message)
{
    sd_bus_message_close_container(message);
    sd_bus_message_close_container(message);
}

static void add(sd_bus_message *message, const char *name, char type, const void *value)
{
    open_property(message, name, (const char[]){type, '\0'});
    sd_bus_message_append_basic(message, type, value);
    close_property(message);
}

static void add_flag(sd_bus_message *message, const char *name, int value)
{
    add(message, name, 'b', &value);
}

static void add_time(sd_bus_message *message, const char *name, guint64 usec)
{
    add(message, name, 't', &usec);
}

/* systemd reads `$NAME` in the words of a command. */
static void append_word(sd_bus_message *message, const char *word)
{
    g_autoptr(GString) text = g_string_new(word);
    g_string_replace(text, "$", "$$", 0);
    sd_bus_message_append_basic(message, 's', text->str);
}

/* @may_fail: a failure of it means nothing */
static void add_command(sd_bus_message *message, const char *name, const char *program,
                        const char *const *argv, int may_fail)
{
    open_property(message, name, "a(sasb)");
    sd_bus_message_open_container(message, 'a', "(sasb)");
    sd_bus_message_open_container(message, 'r', "sasb");
    sd_bus_message_append_basic(message, 's', program);
    sd_bus_message_open_container(message, 'a', "s");
    sd_bus_message_append_basic(message, 's', program);
    for (guint i = 1; argv[i]; i++)
        append_word(message, argv[i]);
    sd_bus_message_close_container(message);
    sd_bus_message_append_basic(message, 'b', &may_fail);
    sd_bus_message_close_container(message);
    sd_bus_message_close_container(message);
    close_property(message);
}

static void add_environment(sd_bus_message *message, const char *const *environment)
{
    open_property(message, "Environment", "as");
    sd_bus_message_open_container(message, 'a', "s");
    for (; *environment; environment++)
        sd_bus_message_append_basic(message, 's', *environment);
    sd_bus_message_close_container(message);
    close_property(message);
}

static void add_daemon(sd_bus_message *message, const NetUnit *unit)
{
    g_autofree char *stop = unit->stop ? g_find_program_in_path(unit->stop[0]) : NULL;
    add(message, "Type", 's', unit->pid_file ? "forking" : "simple");
    if (unit->pid_file)
        add(message, "PIDFile", 's', unit->pid_file);
    add(message, "Restart", 's', "on-failure");
    if (!unit->pid_file)
        add_time(message, "RestartUSec", RESTART_US);
    add_time(message, "TimeoutStopUSec", STOP_US);
    add(message, "CollectMode", 's', "inactive-or-failed");
    add(message, "SyslogIdentifier", 's', unit->daemon);
    if (stop)
        add_command(message, "ExecStop", stop, unit->stop, TRUE);
}

/* What it leaves running stays, as it does with one that is forked. */
static void add_waited_for(sd_bus_message *message, const NetUnitSetup *setup)
{
    add(message, "Type", 's', "oneshot");
    add(message, "KillMode", 's', "process");
    add_time(message, "TimeoutStartUSec", (guint64)setup->limit_ms * 1000);
    add(message, "StandardOutputFileDescriptor", 'h', &setup->output);
    add(message, "StandardErrorFileDescriptor", 'h', &setup->output);
}

/* Without the default dependencies, as network.service is: at boot and at the shutdown it is waited for, and
 * a daemon does not end before what uses the network. */
static void append_service(sd_bus_message *message, const NetUnitSetup *setup, const char *program)
{
    sd_bus_message_open_container(message, 'a', "(sv)");
    add(message, "Description", 's', setup->unit->description);
    add_flag(message, "DefaultDependencies", FALSE);
    if (setup->unit->daemon)
        add_daemon(message, setup->unit);
    else
        add_waited_for(message, setup);
    if (setup->folder)
        add(message, "WorkingDirectory", 's', setup->folder);
    if (setup->environment)
        add_environment(message, setup->environment);
    add_command(message, "ExecStart", program, setup->argv, FALSE);
    sd_bus_message_close_container(message);
}

/* systemd.timer(5); it is gone when it has done its work. */
static void append_timer(sd_bus_message *message, const NetUnit *unit)
{
    sd_bus_message_open_container(message, 'a', "(sv)");
    add(message, "Description", 's', unit->description);
    add_flag(message, "DefaultDependencies", FALSE);
    add_time(message, "OnActiveSec", (guint64)unit->after_s * G_USEC_PER_SEC);
    add_time(message, "AccuracyUSec", TIMER_US);
    add_flag(message, "RemainAfterElapse", FALSE);
    add(message, "CollectMode", 's', "inactive-or-failed");
    sd_bus_message_close_container(message);
}

/* The service that the timer starts. */
static void append_other(sd_bus_message *message, const NetUnitSetup *setup, const char *program)
{
    sd_bus_message_open_container(message, 'r', "sa(sv)");
    sd_bus_message_append_basic(message, 's', setup->unit->name);
    append_service(message, setup, program);
    sd_bus_message_close_container(message);
}

void unit_message_fill(sd_bus_message *message, const NetUnitSetup *setup, const char *program)
{
    g_autofree char *name = unit_started_name(setup->unit);
    sd_bus_message_append_basic(message, 's', name);
    sd_bus_message_append_basic(message, 's', "fail");
    if (setup->unit->after_s)
        append_timer(message, setup->unit);
    else
        append_service(message, setup, program);
    sd_bus_message_open_container(message, 'a', "(sa(sv))"); /* other units with it */
    if (setup->unit->after_s)
        append_other(message, setup, program);
    sd_bus_message_close_container(message);
}

char *unit_started_name(const NetUnit *unit)
{
    const char *dot = unit->after_s ? strrchr(unit->name, '.') : NULL;
    return dot ? g_strdup_printf("%.*s.timer", (int)(dot - unit->name), unit->name) : g_strdup(unit->name);
}

char *unit_path(const char *name)
{
    char *path = NULL;
    sd_bus_path_encode("/org/freedesktop/systemd1/unit", name, &path);
    return path;
}
