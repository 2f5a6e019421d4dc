/* libyaml, for netplan's files. */
#include "dl/dl.h"
#include <yaml.h>

int yaml_parser_initialize(yaml_parser_t *parser)
{
    return DL_CALL(dl_yaml, 0, yaml_parser_initialize, parser);
}

void yaml_parser_delete(yaml_parser_t *parser)
{
    DL_CALL(dl_yaml, (void)0, yaml_parser_delete, parser);
}

void yaml_parser_set_input_string(yaml_parser_t *parser, const unsigned char *input, size_t size)
{
    DL_CALL(dl_yaml, (void)0, yaml_parser_set_input_string, parser, input, size);
}

int yaml_parser_parse(yaml_parser_t *parser, yaml_event_t *event)
{
    return DL_CALL(dl_yaml, 0, yaml_parser_parse, parser, event);
}

void yaml_event_delete(yaml_event_t *event)
{
    DL_CALL(dl_yaml, (void)0, yaml_event_delete, event);
}
