// The recursive-descent parser that expressions, formulas and measures share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indicators/expression.h"
#include "indicators/token.h"

namespace yekun {

/// Reads expressions from a list of tokens. The first mistake stops it: failed() is true and nothing moves any more.
class Parser {
 public:
  Parser(std::string_view text, Place place, std::vector<Token> tokens);

  Expr expression();
  Token const& peek(std::size_t ahead = 0) const;
  Token const& take();
  bool at_symbol(std::string_view symbol) const;
  bool at_word(std::string_view word) const;  // an unquoted name, without regard to case
  bool take_symbol(std::string_view symbol);
  bool take_word(std::string_view word);
  void expect_symbol(std::string_view symbol);
  void expect_word(std::string_view word);
  void expect_end();

  bool failed() const { return !errors_.empty(); }
  void fail(Token const& token, std::string message, std::string hint = {});
  Diagnostics take_errors() { return std::move(errors_); }

 private:
  Expr disjunction();
  Expr conjunction();
  Expr negation();
  Expr comparison();
  Expr predicate(Expr subject, bool negated, Token const& start);
  Expr sum();
  Expr product();
  Expr unary();
  Expr primary();
  Expr number_constant(bool negative);
  Expr word();
  Expr name();
  Expr call(Token const& name);
  Expr case_when();
  Expr date_constant();
  Expr make(Expr::Kind kind, std::string name, std::vector<Expr> parts, std::uint32_t at);
  bool enter();
  std::string described(Token const& token) const;

  std::string_view text_;
  Place place_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  int depth_ = 0;
  std::size_t nodes_ = 0;
  Diagnostics errors_;
};

bool is_reserved(std::string_view lower_case_word);
std::string ascii_lower(std::string_view text);

}  // namespace yekun
