/* resolv.conf with the shares of interfaces in it, and the way back: text in, text out. No I/O. */
#pragma once
#include "model/names.h"

/** Who has the last word about resolv.conf. */
typedef enum {
    /* nobody: it is a file that we edit */
    RESOLV_IS_FILE,
    /* systemd-resolved writes what it points to, and is told */
    RESOLV_IS_RESOLVED,
    /* so does the program resolvconf */
    RESOLV_IS_RESOLVCONF,
} ResolvOwner;

/** What one device contributes. Lists of them share it, so that nobody changes it. */
typedef struct {
    guint refs; /* how many lists have it */
    char *dev;
    guint rank; /* place in configuration order: that of the merge */
    NetNames *names;
} ResolvShare;

typedef struct {
    ResolvOwner owner;
    char *text;  /* resolv.conf; NULL: there is none */
    char *saved; /* resolv.conf.save, as it was before the first share: what it goes back to. The old scripts
                    had it, too. NULL: there is none */
    GPtrArray *shares; /* ResolvShare*, by rank */
    NetNames *sum;     /* of the shares; NULL: nobody has asked since they changed */
    GPtrArray *told;   /* ResolvShare*: what the owner says that it has of each device; NULL: nobody knows */
} ResolvConf;

/** Makes an empty one of a cleared structure; frees what is in it. */
void resolv_conf_init(ResolvConf *self);
void resolv_conf_clear(ResolvConf *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ResolvConf, resolv_conf_clear)
/** @to is initialised, and gets all that @from has. */
void resolv_conf_copy(ResolvConf *to, const ResolvConf *from);

/** Takes @names. */
ResolvShare *resolv_share_new(const char *dev, guint rank, NetNames *names);
/** An empty list, which owns its ResolvShare*. */
GPtrArray *resolv_shares_new(void);
GPtrArray *resolv_shares_copy(const GPtrArray *shares);
/** Gives a device another share, or with NULL or an empty one none. Returns: whether it has only come behind
 * the others. */
gboolean resolv_shares_put(GPtrArray *shares, const char *dev, guint rank, const NetNames *names);

/** Forgets who has put what into the texts. */
void resolv_conf_forget(ResolvConf *self);
/** Notes a share that is in the texts already; @names NULL or empty: none. */
void resolv_conf_note(ResolvConf *self, const char *dev, guint rank, const NetNames *names);
const ResolvShare *resolv_conf_find(const ResolvConf *self, const char *dev);

/**
 * Gives a device another share, or with NULL or an empty one takes it back, and edits the texts for it: name
 * servers of the shares replace those of the file, domains come before the file's, options join them; all by
 * rank, each once. What else is in the file stays where it is. What others have changed in the text since it
 * was made goes into what is saved. When the last share is gone the text is what was saved, and that is NULL.
 * A text that has it all already, and nothing of what went, is left as it is.
 */
void resolv_conf_set(ResolvConf *self, const char *dev, guint rank, const NetNames *names);

/** Whether the resolver finds all of a share in the text. @ret_missing: gets the first thing that is not
 * there, as a line ("nameserver 192.0.2.53"), to be freed; may be NULL */
gboolean resolv_conf_has(const ResolvConf *self, const NetNames *names, char **ret_missing);
/** One device's share with its servers in the order in which they stand in the file: where several devices
 * name the same ones, that of the first. To be freed. */
NetNames *resolv_conf_in_order(const ResolvConf *self, const NetNames *names);
/** The same of one device's share, at whoever owns the file. What nobody knows of is taken to be there; of
 * options an owner has none. */
gboolean resolv_conf_has_share(const ResolvConf *self, const char *dev, const NetNames *names,
                               char **ret_missing);
