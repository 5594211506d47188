// Answers -> Document, one language at a time. Pure: no clock, no files, no printing.
#pragma once

#include <string>
#include <vector>

#include "charts/text_measurer.h"
#include "core/catalogue.h"
#include "core/theme.h"
#include "indicators/question.h"
#include "reports/document.h"
#include "reports/report_spec.h"
#include "reports/restated.h"

namespace yekun {

/// Everything that the report asks, all languages and all members of `for_each` included: answer() once, compose() for
/// each language and member. The same programme, report and period give the same questions in the same order.
/// Errors: a chart whose period cannot be read, a text whose message cannot be parsed.
Result<std::vector<Question>> questions(Programme const& programme, ReportSpec const& report, Period const& period);

/// What of the outside a document says about itself.
struct ComposeContext {
  Catalogue const& catalogue;  // of the language to write in
  Period period{};             // of the report
  Date as_of{};
  TextMeasurer const& measurer;  // for charts
  Theme theme{};
  /// for_each: the member this document is about. Empty with a for_each report: the overview of all members.
  std::string member{};
  std::string member_name{};        // its part of file names (member_names.h)
  std::vector<Comment> comments{};  // for the logframe, all languages
  std::string logo_png{};           // bytes
  std::string author{};
  std::string version{};  // of the program
  std::string command{};  // that builds the report again
  std::string spec_sha256{};
  std::string receipt{};                   // of the build (app/receipt.h)
  std::vector<RestatedFigure> restated{};  // in the order of the table; of all members
  bool tooltips = true;                    // in charts; only SVG and HTML show them
};

/// `answers` are those of questions(), in their order. Never fails for absent numbers: they are missing. Errors
/// (Fault::spec): a message with an unknown argument, a chart that cannot be drawn.
Result<Document> compose(Programme const& programme, ReportSpec const& report, AnswerSet const& answers,
                         ComposeContext const& context);

/// The members of a for_each report that the answers know, sorted for the reader; empty without for_each. Rows without
/// a value (or with an empty one) count in the overview only.
std::vector<std::string> members(Programme const& programme, ReportSpec const& report, AnswerSet const& answers,
                                 Locale const& locale);

}  // namespace yekun
