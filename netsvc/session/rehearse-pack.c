/* What a child found, as bytes and back. */
#include "session/rehearse-private.h"

#define MESSAGE_TYPE "(bsssuu)"
#define TARGET_TYPE "(bbusss)"
#define PULL_TYPE "(ssuau)"
#define ANSWER_TYPE "(ba" MESSAGE_TYPE "a" TARGET_TYPE "a" PULL_TYPE "as)"

static GVariant *messages_pack(const GPtrArray *messages)
{
    GVariantBuilder list;
    g_variant_builder_init(&list, G_VARIANT_TYPE("a" MESSAGE_TYPE));
    for (guint i = 0; i < messages->len; i++) {
        const RehearsalMessage *message = messages->pdata[i];
        g_variant_builder_add(&list, MESSAGE_TYPE, message->is_refusal, message->text, message->file,
                              message->dev, message->line, message->column);
    }
    return g_variant_builder_end(&list);
}

static GVariant *targets_pack(const GPtrArray *targets)
{
    GVariantBuilder list;
    g_variant_builder_init(&list, G_VARIANT_TYPE("a" TARGET_TYPE));
    for (guint i = 0; i < targets->len; i++) {
        const RehearsalTarget *target = targets->pdata[i];
        g_variant_builder_add(&list, TARGET_TYPE, target->was_reached, target->is_reached, target->gap_ms,
                              target->why ? target->why : "", target->before ? target->before : "",
                              target->after ? target->after : "");
    }
    return g_variant_builder_end(&list);
}

static GVariant *pull_pack(const RehearsalPull *pull, const GPtrArray *targets)
{
    GVariantBuilder lost;
    guint place;
    g_variant_builder_init(&lost, G_VARIANT_TYPE("au"));
    for (guint i = 0; i < pull->lost->len; i++)
        if (g_ptr_array_find((GPtrArray *)targets, pull->lost->pdata[i], &place))
            g_variant_builder_add(&lost, "u", place);
    return g_variant_new(PULL_TYPE, pull->master, pull->port, pull->gap_ms, &lost);
}

static GVariant *pulls_pack(const Rehearsal *result)
{
    GVariantBuilder list;
    g_variant_builder_init(&list, G_VARIANT_TYPE("a" PULL_TYPE));
    for (guint i = 0; i < result->pulls->len; i++)
        g_variant_builder_add_value(&list, pull_pack(result->pulls->pdata[i], result->targets));
    return g_variant_builder_end(&list);
}

GBytes *rehearse_pack(const Rehearsal *result)
{
    g_autoptr(GVariant) answer = g_variant_ref_sink(
        g_variant_new("(b@a" MESSAGE_TYPE "@a" TARGET_TYPE "@a" PULL_TYPE "@as)", result->has_failed,
                      messages_pack(result->messages), targets_pack(result->targets), pulls_pack(result),
                      g_variant_new_strv((const char *const *)result->not_rehearsed->pdata,
                                         (gssize)result->not_rehearsed->len)));
    return g_variant_get_data_as_bytes(answer);
}

static void messages_unpack(GPtrArray *messages, GVariantIter *list)
{
    RehearsalMessage message;
    while (g_variant_iter_next(list, MESSAGE_TYPE, &message.is_refusal, &message.text, &message.file,
                               &message.dev, &message.line, &message.column))
        g_ptr_array_add(messages, g_memdup2(&message, sizeof message));
}

static void targets_unpack(const GPtrArray *targets, GVariantIter *list)
{
    for (guint i = 0; i < targets->len; i++) {
        RehearsalTarget *target = targets->pdata[i];
        if (!g_variant_iter_next(list, TARGET_TYPE, &target->was_reached, &target->is_reached,
                                 &target->gap_ms, &target->why, &target->before, &target->after))
            return;
        if (!*target->why)
            g_clear_pointer(&target->why, g_free);
    }
}

static void pulls_unpack(Rehearsal *result, GVariantIter *list)
{
    RehearsalPull pull;
    GVariantIter *lost;
    guint place;
    while (g_variant_iter_next(list, PULL_TYPE, &pull.master, &pull.port, &pull.gap_ms, &lost)) {
        pull.lost = g_ptr_array_new();
        while (g_variant_iter_next(lost, "u", &place))
            if (place < result->targets->len)
                g_ptr_array_add(pull.lost, result->targets->pdata[place]);
        g_variant_iter_free(lost);
        g_ptr_array_add(result->pulls, g_memdup2(&pull, sizeof pull));
    }
}

void rehearse_unpack(Rehearsal *result, GBytes *bytes)
{
    g_autoptr(GVariant) answer =
        g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(ANSWER_TYPE), bytes, FALSE));
    g_autoptr(GVariantIter) messages = NULL, targets = NULL, pulls = NULL, notes = NULL;
    char *note;
    g_variant_get(answer, ANSWER_TYPE, &result->has_failed, &messages, &targets, &pulls, &notes);
    messages_unpack(result->messages, messages);
    targets_unpack(result->targets, targets);
    pulls_unpack(result, pulls);
    g_ptr_array_set_size(result->not_rehearsed, 0);
    while (g_variant_iter_next(notes, "s", &note))
        g_ptr_array_add(result->not_rehearsed, note);
}
