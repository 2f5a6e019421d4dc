/* Sets or removes keys of one file, and leaves all else in it as people wrote it: what a program can change
 * through libifcfg. Build: cc set-key.c $(pkg-config --cflags --libs libifcfg) */
#include <ifcfg.h>
#include <stdio.h>
#include <string.h>

#if !IFCFG_API_CHECK(0, 2)
#error "libifcfg 0.2 or a compatible one is needed"
#endif

/* KEY=value sets, KEY alone removes. */
static gboolean change(IfcfgEdit *edit, const char *argument, GError **error)
{
    const char *sign = strchr(argument, '=');
    g_autofree char *key = sign ? g_strndup(argument, (gsize)(sign - argument)) : g_strdup(argument);
    return sign ? ifcfg_edit_set(edit, key, sign + 1, error) : ifcfg_edit_remove(edit, key, error);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "Usage: %s FILE KEY=VALUE|KEY...\n", argv[0]);
        return 2;
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(IfcfgEdit) edit = ifcfg_edit_load(NULL, argv[1], &error);
    gboolean ok = edit != NULL;
    for (int i = 2; ok && i < argc; i++)
        ok = change(edit, argv[i], &error);
    if (ok && ifcfg_edit_save(edit, &error))
        return 0;
    fprintf(stderr, "%s: %s\n", argv[0], error->message);
    return 1;
}
