/* The C interface, from C. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/oops_c.h"

static int failures = 0;

#define EXPECT(condition)                                                     \
  do {                                                                        \
    if (!(condition)) {                                                       \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      ++failures;                                                             \
    }                                                                         \
  } while (0)

static const char kLog[] =
    "[   12.000001] BUG: unable to handle page fault for address: ffffb8e000a01000\n"
    "[   12.000002] Oops: 0002 [#1] SMP\n"
    "[   12.000003] CPU: 1 PID: 77 Comm: paint Not tainted 5.10.0 #7\n"
    "[   12.000004] RIP: 0010:brush_stroke+0x12/0x40\n"
    "[   12.000005] Call Trace:\n"
    "[   12.000006]  canvas_write+0x22/0x50\n"
    "[   12.000007] ---[ end trace 0000000000000000 ]---\n";

typedef struct Seen {
  int records;
  size_t size;
  char last[16384];
} Seen;

static void Keep(void *context, const char *bytes, size_t size) {
  Seen *seen = context;
  ++seen->records;
  seen->size = size;
  EXPECT(bytes[size] == '\0');
  EXPECT(size < sizeof seen->last);
  if (size < sizeof seen->last) memcpy(seen->last, bytes, size + 1);
}

static int Contains(const char *bytes, size_t size, const char *text) {
  const size_t length = strlen(text);
  size_t at;
  for (at = 0; at + length <= size; ++at) {
    if (memcmp(bytes + at, text, length) == 0) return 1;
  }
  return 0;
}

static void TestProtobuf(void) {
  Seen seen = {0, 0, ""};
  oops_parser *parser = oops_parser_new(NULL, Keep, &seen);
  EXPECT(parser != NULL);
  EXPECT(oops_parser_feed(parser, kLog, strlen(kLog)) == OOPS_OK);
  EXPECT(oops_parser_lines(parser) == 7);
  EXPECT(oops_parser_finish(parser) == OOPS_OK);
  EXPECT(seen.records == 1);
  EXPECT(seen.last[0] == 0x08); /* field 1, kind: a varint */
  EXPECT(Contains(seen.last, seen.size, "brush_stroke"));
  oops_parser_free(parser);
}

static void TestJson(void) {
  Seen seen = {0, 0, ""};
  oops_options options = OOPS_OPTIONS_INIT;
  oops_parser *parser;
  size_t at;
  options.file = "paint.log";
  options.host = "studio";
  options.format = OOPS_JSON;
  parser = oops_parser_new(&options, Keep, &seen);
  for (at = 0; at < strlen(kLog); ++at) EXPECT(oops_parser_feed(parser, kLog + at, 1) == OOPS_OK);
  EXPECT(oops_parser_finish(parser) == OOPS_OK);
  EXPECT(seen.records == 1);
  EXPECT(seen.last[0] == '{');
  EXPECT(strchr(seen.last, '\n') == seen.last + seen.size - 1);
  EXPECT(strstr(seen.last, "\"brush_stroke\"") != NULL);
  EXPECT(strstr(seen.last, "\"paint.log\"") != NULL);
  EXPECT(strstr(seen.last, "\"studio\"") != NULL);
  oops_parser_free(parser);
}

static void TestRecordsAndTime(void) {
  Seen seen = {0, 0, ""};
  oops_record_meta meta = OOPS_RECORD_META_INIT;
  oops_options options = OOPS_OPTIONS_INIT;
  oops_parser *parser;
  const char *line;
  options.format = OOPS_JSON;
  parser = oops_parser_new(&options, Keep, &seen);
  meta.host = "easel";
  meta.monotonic_us = 4000000;
  meta.level = 1;
  for (line = kLog; *line != '\0'; line = strchr(line, '\n') + 1) {
    const char *text = strchr(line, ']') + 2; /* what stands behind the stamp */
    const size_t size = (size_t)(strchr(line, '\n') - text);
    EXPECT(oops_parser_feed_record(parser, &meta, text, size) == OOPS_OK);
  }
  EXPECT(oops_parser_lines(parser) == 7);
  EXPECT(oops_parser_tick(parser, 0) == OOPS_OK);
  EXPECT(oops_parser_tick(parser, 1000000) == OOPS_OK);
  EXPECT(seen.records == 0);
  EXPECT(oops_parser_tick(parser, 100000000) == OOPS_OK);
  EXPECT(oops_parser_tick(parser, 200000000) == OOPS_OK);
  EXPECT(seen.records == 1);
  EXPECT(strstr(seen.last, "\"easel\"") != NULL);
  EXPECT(strstr(seen.last, "\"4000000\"") != NULL);
  EXPECT(oops_parser_feed_record(parser, NULL, "nothing", 7) == OOPS_OK);
  EXPECT(oops_parser_finish(parser) == OOPS_OK);
  EXPECT(seen.records == 1);
  oops_parser_free(parser);
}

static void TestMisuse(void) {
  Seen seen = {0, 0, ""};
  oops_options options = OOPS_OPTIONS_INIT;
  oops_parser *parser = oops_parser_new(NULL, Keep, &seen);
  EXPECT(oops_parser_new(NULL, NULL, NULL) == NULL);
  options.format = 7;
  EXPECT(oops_parser_new(&options, Keep, &seen) == NULL);
  EXPECT(oops_parser_feed(NULL, "x", 1) == OOPS_BAD_ARGUMENT);
  EXPECT(oops_parser_feed(parser, NULL, 1) == OOPS_BAD_ARGUMENT);
  EXPECT(oops_parser_feed(parser, NULL, 0) == OOPS_OK);
  EXPECT(oops_parser_feed_record(parser, NULL, NULL, 1) == OOPS_BAD_ARGUMENT);
  EXPECT(oops_parser_finish(parser) == OOPS_OK);
  EXPECT(oops_parser_finish(parser) == OOPS_BAD_ARGUMENT);
  EXPECT(oops_parser_feed(parser, "x", 1) == OOPS_BAD_ARGUMENT);
  EXPECT(oops_parser_tick(NULL, 0) == OOPS_BAD_ARGUMENT);
  EXPECT(oops_parser_lines(NULL) == 0);
  oops_parser_free(parser);
  oops_parser_free(NULL);
  EXPECT(seen.records == 0);
}

/* A caller that was compiled when the struct ended behind `file`. */
static void TestOlderCaller(void) {
  Seen seen = {0, 0, ""};
  oops_options options = OOPS_OPTIONS_INIT;
  oops_parser *parser;
  options.struct_size = offsetof(oops_options, host);
  options.file = "old.log";
  options.host = (const char *)(uintptr_t)1; /* must not be looked at */
  options.format = 99;
  parser = oops_parser_new(&options, Keep, &seen);
  EXPECT(parser != NULL);
  EXPECT(oops_parser_feed(parser, kLog, strlen(kLog)) == OOPS_OK);
  EXPECT(oops_parser_finish(parser) == OOPS_OK);
  EXPECT(Contains(seen.last, seen.size, "old.log"));
  oops_parser_free(parser);
}

int main(void) {
  EXPECT(strchr(oops_version(), '.') != NULL);
  TestProtobuf();
  TestJson();
  TestRecordsAndTime();
  TestMisuse();
  TestOlderCaller();
  if (failures == 0) printf("OK\n");
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
