#include "indicators/token.h"

#include <array>
#include <optional>

#include "core/utf8.h"
#include "indicators/expression.h"

namespace yekun {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool continues_name(char c) { return starts_name(c) || is_digit(c); }

/// Signs of spreadsheets and programming languages.
char const* hint_for_symbol(char c) {
  if (c == ';') return "a comma stands between arguments";
  if (c == '&') return "write and; texts are joined by ||";
  if (c == '|') return "write or; texts are joined by ||";
  if (c == '!') return "write not; unequal is <>";
  return "texts are written in single quotes, names with unusual characters in double quotes";
}

class Lexer {
 public:
  Lexer(std::string_view text, Place const& place) : text_(text), place_(place) {}

  Result<std::vector<Token>> run() {
    while (!error_) {
      while (at_ < text_.size() && is_space(text_[at_])) ++at_;
      if (at_ >= text_.size()) break;
      tokens_.push_back(next());
    }
    if (error_) return failure(*error_);
    tokens_.push_back({Token::Kind::end, "", size(text_.size()), size(text_.size())});
    return std::move(tokens_);
  }

 private:
  static std::uint32_t size(std::size_t n) { return static_cast<std::uint32_t>(n); }

  Token next() {
    char const c = text_[at_];
    if (c == '\'') return quoted(c, Token::Kind::text, "unclosed-text", "a text that is not closed by '");
    if (c == '"') return quoted(c, Token::Kind::quoted_name, "unclosed-name", "a name that is not closed by \"");
    if (is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) return number();
    if (starts_name(c)) return name();
    return symbol();
  }

  void fail(std::size_t at, std::string code, std::string message, std::string hint) {
    error_ = error_at(text_, place_, size(at), std::move(code), std::move(message), std::move(hint));
  }

  Token quoted(char quote, Token::Kind kind, char const* code, char const* message) {
    std::size_t const start = at_++;
    std::string value;
    while (at_ < text_.size()) {
      if (text_[at_] != quote) {
        value += text_[at_++];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == quote) {
        value += quote;
        at_ += 2;
      } else {
        ++at_;
        return {kind, std::move(value), size(start), size(at_)};
      }
    }
    fail(start, code, message, std::string("a ") + quote + " inside is written twice");
    return {};
  }

  Token number() {
    std::size_t const start = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    }
    if (at_ < text_.size() && continues_name(text_[at_])) {
      while (at_ < text_.size() && continues_name(text_[at_])) ++at_;
      fail(start, "bad-number", "'" + std::string(text_.substr(start, at_ - start)) + "' is not a number",
           "numbers are written as 12 or 12.5; a name that starts with a digit goes in double quotes");
    }
    return {Token::Kind::number, std::string(text_.substr(start, at_ - start)), size(start), size(at_)};
  }

  Token name() {
    std::size_t const start = at_;
    while (at_ < text_.size() && continues_name(text_[at_])) ++at_;
    return {Token::Kind::name, std::string(text_.substr(start, at_ - start)), size(start), size(at_)};
  }

  Token symbol() {
    static constexpr std::array<std::string_view, 6> kTwo{"<>", "<=", ">=", "!=", "||", "=="};
    std::size_t const start = at_;
    for (std::string_view const two : kTwo) {
      if (text_.substr(at_, 2) != two) continue;
      if (two == "==") fail(start, "bad-symbol", "'==' is not a comparison", "equality is written as a single =");
      at_ += 2;
      return {Token::Kind::symbol, two == "!=" ? "<>" : std::string(two), size(start), size(at_)};
    }
    if (std::string_view("+-*/%()=<>,.").find(text_[at_]) == std::string_view::npos) {
      fail(start, "bad-symbol", "unexpected '" + std::string(first_code_points(text_.substr(at_), 1)) + "'",
           hint_for_symbol(text_[at_]));
    }
    ++at_;
    return {Token::Kind::symbol, std::string(text_.substr(start, 1)), size(start), size(at_)};
  }

  std::string_view text_;
  Place const& place_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
  std::optional<Diagnostic> error_;
};

}  // namespace

Result<std::vector<Token>> tokenize(std::string_view text, Place const& place) {
  if (text.size() > 100'000)
    return failure(error_at("", place, 0, "expression-too-long", "the expression is longer than 100,000 bytes",
                            "put long lists into a lookup"));
  return Lexer(text, place).run();
}

Diagnostic error_at(std::string_view text, Place const& place, std::uint32_t at, std::string code, std::string message,
                    std::string hint) {
  Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.place = place;
  std::uint64_t const before = count_code_points(text.substr(0, at));
  if (place.line == 0) {
    diagnostic.place.line = 1;
    diagnostic.place.column = 1 + before;
    diagnostic.source_line = std::string(text);
  } else {
    diagnostic.place.column += before;
  }
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  return diagnostic;
}

}  // namespace yekun
