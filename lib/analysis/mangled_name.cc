// Rust's v0 scheme (RFC 2603) is a prefix grammar: one letter says what follows, names carry their
// length, and a back reference names an earlier position to read again. It is read here by
// recursive descent, printing on the way. Constants of generic arguments are printed as '_': no
// kernel title needs their value. Punycode names stay encoded.
#include "lib/analysis/mangled_name.h"

#include <cstddef>
#include <cstdint>

namespace oops::analysis {
namespace {

constexpr int kMaxDepth = 64;        // of nesting; real names stay below 20
constexpr int kMaxSteps = 4096;      // back references can double the work with each level
constexpr size_t kMaxOutput = 1024;  // bytes

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view BasicType(char tag) {
  switch (tag) {
    case 'a':
      return "i8";
    case 'b':
      return "bool";
    case 'c':
      return "char";
    case 'd':
      return "f64";
    case 'e':
      return "str";
    case 'f':
      return "f32";
    case 'h':
      return "u8";
    case 'i':
      return "isize";
    case 'j':
      return "usize";
    case 'l':
      return "i32";
    case 'm':
      return "u32";
    case 'n':
      return "i128";
    case 'o':
      return "u128";
    case 'p':
      return "_";
    case 's':
      return "i16";
    case 't':
      return "u16";
    case 'u':
      return "()";
    case 'v':
      return "...";
    case 'x':
      return "i64";
    case 'y':
      return "u64";
    case 'z':
      return "!";
    default:
      return {};
  }
}

class RustV0 {
 public:
  // `text` is what follows _R; positions in back references count from there.
  explicit RustV0(std::string_view text) : text_(text) {}

  std::optional<std::string> Run() {
    Path();
    if (failed_ || out_.empty()) return std::nullopt;
    return std::move(out_);
  }

 private:
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  char Next() {
    if (at_ >= text_.size()) {
      failed_ = true;
      return '\0';
    }
    return text_[at_++];
  }
  bool Take(char c) {
    if (Peek() != c) return false;
    ++at_;
    return true;
  }
  void Print(std::string_view s) {
    if (muted_ > 0) return;
    if (out_.size() + s.size() > kMaxOutput) failed_ = true;
    if (!failed_) out_.append(s);
  }

  // Base 62 and '_': "_" is 0, "0_" is 1.
  uint64_t Number62() {
    if (Take('_')) return 0;
    uint64_t value = 0;
    while (!failed_) {
      const char c = Next();
      if (c == '_') break;
      int digit = -1;
      if (IsDigit(c))
        digit = c - '0';
      else if (c >= 'a' && c <= 'z')
        digit = c - 'a' + 10;
      else if (c >= 'A' && c <= 'Z')
        digit = c - 'A' + 36;
      if (digit < 0 || value > (UINT64_MAX - 64) / 62)
        failed_ = true;
      else
        value = value * 62 + static_cast<uint64_t>(digit);
    }
    return value + 1;
  }
  uint64_t Disambiguator() { return Take('s') ? Number62() + 1 : 0; }

  std::string_view Identifier() {
    Take('u');
    size_t length = 0;
    if (!IsDigit(Peek())) failed_ = true;
    while (IsDigit(Peek()) && length < text_.size())
      length = length * 10 + static_cast<size_t>(Next() - '0');
    Take('_');
    if (failed_ || length > text_.size() - at_) {
      failed_ = true;
      return {};
    }
    std::string_view name = text_.substr(at_, length);
    at_ += length;
    return name;
  }

  template <typename Parse>
  void BackReference(Parse parse) {
    const size_t self = at_ - 1;
    const uint64_t target = Number62();
    if (failed_ || target >= self) {
      failed_ = true;
      return;
    }
    const size_t resume = at_;
    at_ = static_cast<size_t>(target);
    parse();
    at_ = resume;
  }

  struct Nesting {
    explicit Nesting(RustV0& parser) : parser(parser) {
      if (++parser.depth_ > kMaxDepth || ++parser.steps_ > kMaxSteps) parser.failed_ = true;
    }
    ~Nesting() { --parser.depth_; }
    RustV0& parser;
  };

  // The path of an impl block says where it stands, which is not part of its readable name.
  void ImplPath() {
    Disambiguator();
    ++muted_;
    Path();
    --muted_;
  }

  void Path() {
    Nesting nesting(*this);
    if (failed_) return;
    switch (Next()) {
      case 'C':
        Disambiguator();
        Print(Identifier());
        break;
      case 'N':
        Nested();
        break;
      case 'M':
        ImplPath();
        Print("<");
        Type();
        Print(">");
        break;
      case 'X':
        ImplPath();
        [[fallthrough]];
      case 'Y':
        Print("<");
        Type();
        Print(" as ");
        Path();
        Print(">");
        break;
      case 'I':
        Path();
        Print("::<");
        List([this] { GenericArgument(); });
        Print(">");
        break;
      case 'B':
        BackReference([this] { Path(); });
        break;
      default:
        failed_ = true;
    }
  }

  void Nested() {
    const char space = Next();
    Path();
    const uint64_t number = Disambiguator();
    const std::string_view name = Identifier();
    if (space == 'C' || space == 'S') {
      Print(space == 'C' ? "::{closure" : "::{shim");
      if (!name.empty()) {
        Print(":");
        Print(name);
      }
      Print("#");
      Print(std::to_string(number));
      Print("}");
    } else if (!name.empty()) {
      Print("::");
      Print(name);
    }
  }

  template <typename Item>
  void List(Item item) {
    for (bool first = true; !failed_ && !Take('E'); first = false) {
      if (!first) Print(", ");
      item();
    }
  }

  void GenericArgument() {
    if (Take('L')) {
      Number62();
      Print("'_");
    } else if (Take('K')) {
      Constant();
    } else {
      Type();
    }
  }

  void Constant() {
    if (Take('B')) {
      BackReference([this] { Constant(); });
      return;
    }
    if (!Take('p')) {
      Next();  // its type
      while (!failed_ && Next() != '_') {
      }
    }
    Print("_");
  }

  void Lifetime() {
    if (Take('L')) Number62();
  }

  void Type() {
    Nesting nesting(*this);
    if (failed_) return;
    const char tag = Peek();
    if (const std::string_view basic = BasicType(tag); !basic.empty()) {
      ++at_;
      Print(basic);
      return;
    }
    switch (tag) {
      case 'A':
      case 'S':
        ++at_;
        Print("[");
        Type();
        if (tag == 'A') {
          Print("; ");
          Constant();
        }
        Print("]");
        break;
      case 'T':
        ++at_;
        Print("(");
        List([this] { Type(); });
        Print(")");
        break;
      case 'R':
      case 'Q':
        ++at_;
        Lifetime();
        Print(tag == 'R' ? "&" : "&mut ");
        Type();
        break;
      case 'P':
      case 'O':
        ++at_;
        Print(tag == 'P' ? "*const " : "*mut ");
        Type();
        break;
      case 'F':
        ++at_;
        Function();
        break;
      case 'D':
        ++at_;
        Print("dyn ");
        if (Take('G')) Number62();
        List([this] { DynTrait(); });
        Lifetime();
        break;
      case 'B':
        ++at_;
        BackReference([this] { Type(); });
        break;
      default:
        Path();
    }
  }

  void Function() {
    if (Take('G')) Number62();
    Take('U');
    if (Take('K') && !Take('C')) Identifier();
    Print("fn(");
    List([this] { Type(); });
    Print(")");
    if (Take('u')) return;
    Print(" -> ");
    Type();
  }

  void DynTrait() {
    Path();
    while (!failed_ && Take('p')) {
      ++muted_;  // an associated type's binding
      Identifier();
      Type();
      --muted_;
    }
  }

  std::string_view text_;
  size_t at_ = 0;
  int depth_ = 0;
  int steps_ = 0;
  int muted_ = 0;
  bool failed_ = false;
  std::string out_;
};

bool IsRustHash(std::string_view part) {
  return part.size() == 17 && part[0] == 'h' &&
         part.find_first_not_of("0123456789abcdef", 1) == part.npos;
}

// _Z4name... and _ZN5outer5innerE...: what stands behind is the parameters' types.
std::optional<std::string> Itanium(std::string_view text) {
  const bool nested = !text.empty() && text.front() == 'N';
  if (nested) text.remove_prefix(1);
  std::string out;
  while (!text.empty() && IsDigit(text.front())) {
    size_t length = 0;
    while (!text.empty() && IsDigit(text.front()) && length <= text.size()) {
      length = length * 10 + static_cast<size_t>(text.front() - '0');
      text.remove_prefix(1);
    }
    if (length == 0 || length > text.size()) return std::nullopt;
    const std::string_view part = text.substr(0, length);
    text.remove_prefix(length);
    if (!IsRustHash(part)) {
      if (!out.empty()) out += "::";
      out += part;
    }
    if (!nested) break;
  }
  if (out.empty() || (nested && (text.empty() || text.front() != 'E'))) return std::nullopt;
  return out;
}

}  // namespace

std::optional<std::string> Demangle(std::string_view name) {
  if (name.size() < 4 || name[0] != '_') return std::nullopt;
  if (name[1] == 'R') return RustV0(name.substr(2)).Run();
  if (name[1] == 'Z') return Itanium(name.substr(2));
  return std::nullopt;
}

}  // namespace oops::analysis
