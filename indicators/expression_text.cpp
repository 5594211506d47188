#include <algorithm>

#include "indicators/expression.h"
#include "indicators/parser.h"

namespace yekun {
namespace {

std::string quote(std::string_view text, char mark) {
  std::string out(1, mark);
  for (char const c : text) {
    if (c == mark) out += c;
    out += c;
  }
  return out + mark;
}

bool is_plain(std::string_view name) {
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
  if (is_reserved(ascii_lower(name))) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

std::string constant_text(Constant const& constant) {
  struct Visitor {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(std::int64_t v) const { return std::to_string(v); }
    std::string operator()(Decimal v) const {
      std::string text = to_text(v);
      return text.find('.') == std::string::npos ? text + ".0" : text;
    }
    std::string operator()(double v) const { return to_shortest(v); }
    std::string operator()(std::string const& v) const { return quote(v, '\''); }
    std::string operator()(Date v) const { return "date '" + to_iso(v) + "'"; }
    std::string operator()(bool v) const { return v ? "true" : "false"; }
  };
  return std::visit(Visitor{}, constant);
}

/// How tightly a node binds; a part that binds less tightly than its place demands needs parentheses.
int strength(Expr const& e) {
  switch (e.kind) {
    case Expr::Kind::constant:
    case Expr::Kind::column:
    case Expr::Kind::case_when:
    case Expr::Kind::call:
      return 8;
    case Expr::Kind::in:
    case Expr::Kind::between:
    case Expr::Kind::like:
    case Expr::Kind::is_null:
      return 4;
    case Expr::Kind::operation:
      break;
  }
  if (e.name == "or") return 1;
  if (e.name == "and") return 2;
  if (e.name == "not") return 3;
  if (e.name == "+" || e.name == "-" || e.name == "||") return 5;
  if (e.name == "*" || e.name == "/" || e.name == "%") return 6;
  return e.name == "neg" ? 7 : 4;
}

std::string inside(Expr const& e, int needed) {
  std::string text = to_text(e);
  return strength(e) < needed ? "(" + text + ")" : text;
}

std::string operation_text(Expr const& e) {
  int const own = strength(e);
  if (e.name == "not") return "not " + inside(e.parts[0], own);
  if (e.name == "neg") {
    bool const number = e.parts[0].kind == Expr::Kind::constant;  // -(1) is not the constant -1
    return number ? "-(" + to_text(e.parts[0]) + ")" : "-" + inside(e.parts[0], own);
  }
  bool const comparison = own == 4;
  return inside(e.parts[0], comparison ? 5 : own) + " " + e.name + " " + inside(e.parts[1], own + 1);
}

std::string case_text(Expr const& e) {
  std::string out = "case";
  for (std::size_t i = 0; i + 1 < e.parts.size(); i += 2)
    out += " when " + to_text(e.parts[i]) + " then " + to_text(e.parts[i + 1]);
  if (e.parts.size() % 2 == 1) out += " else " + to_text(e.parts.back());
  return out + " end";
}

std::string list_text(std::vector<Expr> const& parts, std::size_t first) {
  std::string out;
  for (std::size_t i = first; i < parts.size(); ++i) out += (i > first ? ", " : "") + to_text(parts[i]);
  return out;
}

std::string column_text(std::string_view name) {
  std::string out;
  while (true) {
    std::size_t const dot = name.find('.');
    out += quote_name(name.substr(0, dot));
    if (dot == std::string_view::npos) return out;
    out += '.';
    name.remove_prefix(dot + 1);
  }
}

void collect(Expr const& e, std::vector<std::string>& names) {
  if (e.kind == Expr::Kind::column && std::find(names.begin(), names.end(), e.name) == names.end())
    names.push_back(e.name);
  for (Expr const& part : e.parts) collect(part, names);
}

}  // namespace

std::string quote_name(std::string_view name) { return is_plain(name) ? std::string(name) : quote(name, '"'); }

std::string to_text(Expr const& e) {
  std::string const negation = e.negated ? " not" : "";
  switch (e.kind) {
    case Expr::Kind::constant:
      return constant_text(e.constant);
    case Expr::Kind::column:
      return column_text(e.name);
    case Expr::Kind::operation:
      return operation_text(e);
    case Expr::Kind::in:
      return inside(e.parts[0], 5) + negation + " in (" + list_text(e.parts, 1) + ")";
    case Expr::Kind::between:
      return inside(e.parts[0], 5) + negation + " between " + inside(e.parts[1], 5) + " and " + inside(e.parts[2], 5);
    case Expr::Kind::like:
      return inside(e.parts[0], 5) + negation + " like " + inside(e.parts[1], 5) +
             (e.escape.empty() ? "" : " escape " + quote(e.escape, '\''));
    case Expr::Kind::is_null:
      return inside(e.parts[0], 5) + " is" + negation + " null";
    case Expr::Kind::case_when:
      return case_text(e);
    case Expr::Kind::call:
      return quote_name(e.name) + "(" + list_text(e.parts, 0) + ")";
  }
  return {};
}

std::vector<std::string> columns_of(Expr const& expression) {
  std::vector<std::string> names;
  collect(expression, names);
  return names;
}

}  // namespace yekun
