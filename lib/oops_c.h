/* oops for C, and for whatever calls C: kernel logs in, crash records out.
 *
 *   oops_parser *parser = oops_parser_new(NULL, on_record, context);
 *   while ((size = read(fd, bytes, sizeof bytes)) > 0) oops_parser_feed(parser, bytes, size);
 *   oops_parser_finish(parser);
 *   oops_parser_free(parser);
 *
 * A parser reads one stream; open one for each (host, file). Nothing that a log holds makes it
 * fail, and its memory is bounded. Only one thread at a time may call a parser; different parsers
 * are independent. Strings end with a zero byte unless a size goes with them, and need only live as
 * long as the call that takes them.
 *
 * The structs may grow at their ends: their first member says which one the caller knows.
 * Initialize them with the macros below.
 */
#ifndef OOPS_LIB_OOPS_C_H_
#define OOPS_LIB_OOPS_C_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct oops_parser oops_parser;

/* What functions return. After an error the parser can only be freed. */
enum {
  OOPS_OK = 0,
  OOPS_NO_MEMORY = 1,
  OOPS_FAILED = 2,      /* a callback written in C++ threw, or the library has a bug */
  OOPS_BAD_ARGUMENT = 3 /* a null pointer, or a call after oops_parser_finish(); no harm done */
};

/* How a record is given to the callback. */
enum {
  OOPS_PROTOBUF = 0, /* oops.CrashRecord of proto/crash_record.proto, serialized */
  OOPS_JSON = 1      /* the same as a JSON object on one line, with the line feed */
};

/* Called with each record, in the order of their headlines, from inside oops_parser_feed(),
 * _feed_record(), _tick() or _finish(). `bytes` is good until it returns; a zero byte follows it,
 * which isn't counted. It must not call the parser. */
typedef void (*oops_record_fn)(void *context, const char *bytes, size_t size);

typedef struct oops_options {
  size_t struct_size;  /* sizeof(oops_options) */
  const char *file;    /* goes into the records; may be NULL */
  const char *host;    /* used where the text names no host; may be NULL */
  int format;          /* OOPS_PROTOBUF or OOPS_JSON */
  int skip_known_bugs; /* if not 0, records aren't matched against the known bugs */
} oops_options;

#define OOPS_OPTIONS_INIT \
  { sizeof(oops_options), NULL, NULL, OOPS_PROTOBUF, 0 }

/* What a transport that has records (netconsole, journal, kmsg) knows of one of them. */
typedef struct oops_record_meta {
  size_t struct_size;    /* sizeof(oops_record_meta) */
  const char *host;      /* may be NULL */
  const char *wall_time; /* may be NULL */
  const char *caller;    /* "T1452" or "C3"; may be NULL */
  int64_t monotonic_us;  /* since boot; -1 if not known */
  int level;             /* 0 emergency to 7 debug; -1 if not known */
} oops_record_meta;

#define OOPS_RECORD_META_INIT \
  { sizeof(oops_record_meta), NULL, NULL, NULL, -1, -1 }

/* "0.1.0": of the library that is linked. */
const char *oops_version(void);

/* `options` may be NULL. Returns NULL if memory is short or an argument makes no sense. */
oops_parser *oops_parser_new(const oops_options *options, oops_record_fn callback, void *context);

/* The next bytes of the stream, cut anywhere: text of any transport, a journal's JSON or export
 * form, /dev/kmsg, a pstore dump; its beginning tells which. */
int oops_parser_feed(oops_parser *parser, const char *bytes, size_t size);

/* One record of a transport that has records; `text` may hold several lines. `meta` may be NULL.
 * Lines in the crash records count records. Not to be mixed with oops_parser_feed(). */
int oops_parser_feed_record(oops_parser *parser, const oops_record_meta *meta, const char *text,
                            size_t size);

/* Emits what has waited for a minute up to `now_us`, by any clock that is always the same. A stream
 * that stays open needs it once in a while. */
int oops_parser_tick(oops_parser *parser, int64_t now_us);

/* The stream is over: emits what is left. */
int oops_parser_finish(oops_parser *parser);

/* Lines seen up to now; with oops_parser_feed_record(), records. */
uint64_t oops_parser_lines(const oops_parser *parser);

/* Emits nothing. `parser` may be NULL. */
void oops_parser_free(oops_parser *parser);

#ifdef __cplusplus
}
#endif

#endif /* OOPS_LIB_OOPS_C_H_ */
