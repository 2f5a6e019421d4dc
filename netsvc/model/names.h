/* What one interface has to say about names: its share of resolv.conf. The same data whether a file says it
 * or a lease. */
#pragma once
#include "ifcfg-record.h"

typedef struct {
    GPtrArray *servers; /* char*: addresses, in order, each once; so the other two */
    GPtrArray *search;  /* char*: domains */
    GPtrArray *options; /* char*: options of the resolver, "timeout:1" */
    IfcfgWhere where;   /* what asks for it */
    gboolean in_doubt;  /* one of the servers cannot be understood */
} NetNames;

NetNames *net_names_new(void);
NetNames *net_names_copy(const NetNames *self);
void net_names_free(NetNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetNames, net_names_free)

/** The words of a list, as a set: of hundreds each is looked for. They stay the list's. */
GHashTable *net_names_set(const GPtrArray *list);
/** Adds each of some words, separated by blanks or commas, once. */
void net_names_add_words(GPtrArray *list, const char *words);
/** Adds all of another one that is not there yet; places aside. */
void net_names_join(NetNames *self, const NetNames *other);
/** Whether two lists of words are the same, in the same order. */
gboolean net_names_list_equal(const GPtrArray *a, const GPtrArray *b);
/** Neither a server nor a domain: options alone change no file. NULL is empty. */
gboolean net_names_is_empty(const NetNames *self);
/** Places aside; NULL equals an empty one. */
gboolean net_names_equal(const NetNames *a, const NetNames *b);

/** One thing a line, as resolv.conf(5) has them ("nameserver 192.0.2.53"), char*: what the ledger keeps. */
GPtrArray *net_names_lines(const NetNames *self);
/** Adds such a line; one that means nothing here is left out. */
void net_names_add_line(NetNames *self, const char *line);
/** "name servers 192.0.2.53 192.0.2.54, search example.com", to be freed. In English: plans have it. */
char *net_names_format(const NetNames *self);
