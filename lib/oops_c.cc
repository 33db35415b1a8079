// No exception may cross into C. The library throws none of its own, but memory may run out, and a
// callback written in C++ may throw.
#include "lib/oops_c.h"

#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "lib/oops.h"
#include "lib/render/json.h"

struct oops_parser {
  oops_parser(oops::ParserOptions options, oops::Parser::Callback callback)
      : parser(std::move(options), std::move(callback)) {}

  oops::Parser parser;
  int error = OOPS_OK;
  bool finished = false;
};

namespace {

std::string_view View(const char* text) { return text == nullptr ? std::string_view() : text; }

// The caller's struct as this library knows it: what an older caller doesn't have stays as `whole`
// has it.
template <typename Struct>
Struct Widen(const Struct* given, Struct whole) {
  if (given == nullptr) return whole;
  const size_t size = given->struct_size < sizeof(Struct) ? given->struct_size : sizeof(Struct);
  std::memcpy(&whole, given, size);
  return whole;
}

// Runs a step of the parser that `call` makes.
template <typename Call>
int Guarded(oops_parser* parser, const Call& call) {
  if (parser == nullptr || parser->finished) return OOPS_BAD_ARGUMENT;
  if (parser->error != OOPS_OK) return parser->error;
  try {
    call(parser->parser);
  } catch (const std::bad_alloc&) {
    parser->error = OOPS_NO_MEMORY;
  } catch (...) {
    parser->error = OOPS_FAILED;
  }
  return parser->error;
}

oops_parser* NewParser(const oops_options& options, oops_record_fn callback, void* context) {
  oops::ParserOptions parser_options;
  parser_options.file = View(options.file);
  parser_options.host = View(options.host);
  parser_options.match_known_bugs = options.skip_known_bugs == 0;
  const bool json = options.format == OOPS_JSON;
  return new oops_parser(std::move(parser_options), [=](oops::CrashRecord&& record) {
    const std::string bytes = json ? oops::render::ToJson(record) : record.SerializeAsString();
    callback(context, bytes.data(), bytes.size());
  });
}

}  // namespace

const char* oops_version(void) { return oops::kVersion; }

oops_parser* oops_parser_new(const oops_options* options, oops_record_fn callback, void* context) {
  const oops_options known = Widen<oops_options>(options, OOPS_OPTIONS_INIT);
  if (callback == nullptr || known.format < OOPS_PROTOBUF || known.format > OOPS_JSON)
    return nullptr;
  try {
    return NewParser(known, callback, context);
  } catch (...) {
    return nullptr;
  }
}

int oops_parser_feed(oops_parser* parser, const char* bytes, size_t size) {
  if (bytes == nullptr && size > 0) return OOPS_BAD_ARGUMENT;
  return Guarded(parser, [=](oops::Parser& p) { p.Feed(std::string_view(bytes, size)); });
}

int oops_parser_feed_record(oops_parser* parser, const oops_record_meta* meta, const char* text,
                            size_t size) {
  if (text == nullptr && size > 0) return OOPS_BAD_ARGUMENT;
  const oops_record_meta known = Widen<oops_record_meta>(meta, OOPS_RECORD_META_INIT);
  oops::RecordMeta record;
  record.host = View(known.host);
  record.wall_time = View(known.wall_time);
  record.caller = View(known.caller);
  if (known.monotonic_us >= 0) record.monotonic_us = known.monotonic_us;
  record.level = known.level;
  return Guarded(parser,
                 [&](oops::Parser& p) { p.FeedRecord(record, std::string_view(text, size)); });
}

int oops_parser_tick(oops_parser* parser, int64_t now_us) {
  return Guarded(parser, [=](oops::Parser& p) { p.Tick(now_us); });
}

int oops_parser_finish(oops_parser* parser) {
  const int result = Guarded(parser, [](oops::Parser& p) { p.Finish(); });
  if (parser != nullptr) parser->finished = true;
  return result;
}

uint64_t oops_parser_lines(const oops_parser* parser) {
  return parser == nullptr ? 0 : parser->parser.lines();
}

void oops_parser_free(oops_parser* parser) { delete parser; }
