#include "indicators/formula.h"

#include <algorithm>
#include <array>

namespace yekun {
namespace {

using Kind = FormulaNode::Kind;

struct FormulaFunction {
  std::string_view name;
  Kind kind;
  std::size_t least;
  std::size_t most;
  std::string_view usage;
};

constexpr std::array kFunctions{
    FormulaFunction{"previous", Kind::previous, 1, 1, "previous(x)"},
    FormulaFunction{"same_period_last_year", Kind::last_year, 1, 1, "same_period_last_year(x)"},
    FormulaFunction{"cumulative", Kind::cumulative, 1, 2, "cumulative(x) or cumulative(x, 'fiscal-year')"},
    FormulaFunction{"target", Kind::target, 1, 1, "target(indicator)"},
    FormulaFunction{"baseline", Kind::baseline, 1, 1, "baseline(indicator)"},
    FormulaFunction{"achievement", Kind::achievement, 1, 1, "achievement(indicator)"},
    FormulaFunction{"change", Kind::change, 1, 1, "change(x)"},
    FormulaFunction{"coalesce", Kind::coalesce, 1, 50, "coalesce(a, b, ...)"},
    FormulaFunction{"least", Kind::least, 1, 50, "least(a, b, ...)"},
    FormulaFunction{"greatest", Kind::greatest, 1, 50, "greatest(a, b, ...)"},
    FormulaFunction{"abs", Kind::abs, 1, 1, "abs(x)"},
    FormulaFunction{"round", Kind::round, 1, 2, "round(x[, places])"},
};

class FormulaBinder {
 public:
  FormulaBinder(Expression const& source, Programme const& programme) : source_(source), programme_(programme) {}

  Result<Formula> run() {
    Formula formula{bind(source_.root), source_.text, source_.place};
    if (!errors_.empty()) return failure(std::move(errors_));
    return formula;
  }

 private:
  void report(std::uint32_t at, std::string code, std::string message, std::string hint = {}) {
    errors_.push_back(error_at(source_.text, source_.place, at, std::move(code), std::move(message), std::move(hint)));
  }

  static FormulaNode node(Kind kind, Expr const& e) {
    FormulaNode n;
    n.kind = kind;
    n.at = e.at;
    n.end = e.end;
    return n;
  }

  FormulaNode bind(Expr const& e) {
    switch (e.kind) {
      case Expr::Kind::constant:
        return constant(e);
      case Expr::Kind::column:
        return indicator(e);
      case Expr::Kind::operation:
        return operation(e);
      case Expr::Kind::call:
        return call(e);
      default:
        break;
    }
    report(e.at, "formula", "a formula calculates with indicators: '" + to_text(e) + "' is a condition",
           "conditions on rows go into the \"where\" of an indicator");
    return node(Kind::constant, e);
  }

  FormulaNode constant(Expr const& e) {
    FormulaNode n = node(Kind::constant, e);
    if (auto const* whole = std::get_if<std::int64_t>(&e.constant))
      n.constant = *whole;
    else if (auto const* decimal = std::get_if<Decimal>(&e.constant))
      n.constant = *decimal;
    else
      report(e.at, "formula", "a formula calculates with numbers and indicators, '" + to_text(e) + "' is neither");
    return n;
  }

  FormulaNode indicator(Expr const& e) {
    FormulaNode n = node(Kind::indicator, e);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < programme_.indicators.size(); ++i) {
      names.push_back(programme_.indicators[i].id);
      if (names.back() != e.name) continue;
      n.indicator = i;
      return n;
    }
    report(e.at, "unknown-indicator", "unknown indicator '" + e.name + "'", suggestion(e.name, names));
    n.kind = Kind::constant;
    return n;
  }

  FormulaNode operation(Expr const& e) {
    static constexpr std::array<std::pair<std::string_view, Kind>, 5> kOperations{
        {{"+", Kind::add}, {"-", Kind::subtract}, {"*", Kind::multiply}, {"/", Kind::divide}, {"neg", Kind::negate}}};
    for (auto const& [name, kind] : kOperations) {
      if (name != e.name) continue;
      FormulaNode n = node(kind, e);
      for (Expr const& part : e.parts) n.parts.push_back(bind(part));
      return n;
    }
    report(e.at, "formula", "a formula calculates with + - * /, not with '" + e.name + "'",
           "conditions on rows go into the \"where\" of an indicator");
    return node(Kind::constant, e);
  }

  FormulaNode call(Expr const& e) {
    auto const known =
        std::find_if(kFunctions.begin(), kFunctions.end(), [&](auto const& f) { return f.name == e.name; });
    if (known == kFunctions.end()) {
      std::vector<std::string> names;
      names.reserve(kFunctions.size());
      for (FormulaFunction const& f : kFunctions) names.emplace_back(f.name);
      static constexpr std::array<std::string_view, 6> kAggregates{"sum", "count", "average", "avg", "min", "max"};
      bool const aggregate = std::find(kAggregates.begin(), kAggregates.end(), e.name) != kAggregates.end();
      report(e.at, "unknown-function", "unknown function '" + e.name + "' in a formula",
             aggregate ? "give the aggregate an indicator of its own, with \"dataset\" and \"measure\""
                       : suggestion(e.name, names));
      return node(Kind::constant, e);
    }
    FormulaNode n = node(known->kind, e);
    if (e.parts.size() < known->least || e.parts.size() > known->most) {
      report(e.at, "arguments", "wrong number of arguments of '" + e.name + "'", "write " + std::string(known->usage));
      return n;
    }
    bool const extra = (n.kind == Kind::cumulative || n.kind == Kind::round) && e.parts.size() == 2;
    for (std::size_t i = 0; i < e.parts.size() - (extra ? 1 : 0); ++i) n.parts.push_back(bind(e.parts[i]));
    if (extra) written_argument(n, e.parts[1], *known);
    check_argument(n, *known);
    return n;
  }

  void written_argument(FormulaNode& n, Expr const& argument, FormulaFunction const& function) {
    auto const* text = std::get_if<std::string>(&argument.constant);
    auto const* places = std::get_if<std::int64_t>(&argument.constant);
    bool const good = n.kind == Kind::cumulative ? text != nullptr && *text == "fiscal-year"
                                                 : places != nullptr && *places >= 0 && *places <= 6;
    if (!good)
      return report(argument.at, "arguments", "unexpected '" + to_text(argument) + "'",
                    "write " + std::string(function.usage));
    n.fiscal = n.kind == Kind::cumulative;
    if (places != nullptr) n.places = static_cast<int>(*places);
  }

  void check_argument(FormulaNode const& n, FormulaFunction const& function) {
    bool const named = n.kind == Kind::target || n.kind == Kind::baseline || n.kind == Kind::achievement;
    if (named && n.parts[0].kind != Kind::indicator && errors_.empty())
      report(n.parts[0].at, "arguments", "'" + std::string(function.name) + "' takes an indicator, not a calculation",
             "write " + std::string(function.usage));
    if (n.kind == Kind::cumulative && shifts(n.parts[0]))
      report(n.parts[0].at, "arguments", "cumulative() takes no other period inside",
             "write previous(cumulative(x)) for the total up to the period before");
  }

  static bool shifts(FormulaNode const& n) {
    if (n.kind == Kind::previous || n.kind == Kind::last_year || n.kind == Kind::cumulative || n.kind == Kind::change ||
        n.kind == Kind::achievement || n.kind == Kind::target)
      return true;
    return std::any_of(n.parts.begin(), n.parts.end(), shifts);
  }

  Expression const& source_;
  Programme const& programme_;
  Diagnostics errors_;
};

}  // namespace

Result<Formula> bind_formula(Expression const& expression, Programme const& programme) {
  return FormulaBinder(expression, programme).run();
}

std::string_view to_text(FormulaNode::Kind kind) {
  for (FormulaFunction const& f : kFunctions)
    if (f.kind == kind) return f.name;
  switch (kind) {
    case Kind::constant:
      return "constant";
    case Kind::indicator:
      return "indicator";
    case Kind::add:
      return "+";
    case Kind::subtract:
      return "-";
    case Kind::multiply:
      return "*";
    case Kind::divide:
      return "/";
    default:
      return "neg";
  }
}

Period cumulative_window(Period const& period, Programme const& programme, bool fiscal) {
  Period window;
  window.first = fiscal ? period_at(PeriodKind::fiscal_year, period.end - 1, programme.fiscal).first
                        : programme.start.value_or(kFirstDate);
  window.first = std::min(window.first, period.end);
  window.end = period.end;
  window.kind = PeriodKind::range;
  bool const open = !fiscal && !programme.start;
  window.label = (open ? "" : to_iso(window.first)) + ".." + to_iso(period.end - 1);
  window.partial = period.partial;
  return window;
}

}  // namespace yekun
