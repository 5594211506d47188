// What the parts of compose() share. Internal to reports/.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "reports/compose.h"
#include "reports/compose_plan.h"
#include "reports/format.h"
#include "reports/narrative.h"

namespace yekun {

/// Builds one document. Each add_ function appends the blocks of one kind of section.
class Composer {
 public:
  Composer(Programme const& programme, ReportSpec const& report, AnswerSet const& answers,
           ComposeContext const& context, ReportPlan plan);
  Result<Document> compose();

 private:
  void describe();
  void set_values();
  void add_section(Section const& section, std::size_t index);
  void add_kpis(KpiSection const& section);
  void add_text(TextSection const& section);
  void add_table(Section const& section, TableSection const& content, Answer const& answer);
  void add_explore(Section const& section, ExploreSection const& content, Answer const& answer);
  void add_chart(Section const& section, ChartSection const& content, Answer const& answer);
  void add_logframe(Section const& section, LogframeSection const& content);
  void add_data_quality(DataQualitySection const& content);
  void add_definitions(DefinitionsSection const& content);
  void add_provenance();
  /// The section before which the table of restatements stands: the first of the appendix at the end.
  std::size_t restatements_before() const;
  bool concerns_member(RestatedFigure const& figure) const;
  void add_restatements();
  void mark_restated();

  Kpi kpi(Indicator const& indicator, Figure const& figure) const;
  TableBlock indicator_table(TableSection const& content, Answer const& answer) const;
  std::string comment_on(std::string const& indicator) const;

  std::string text(std::string_view key, MessageArguments const& arguments = {}) const;
  /// A spec's text in the document's language, its numbers filled in; mistakes go to errors_.
  std::string line(LocalText const& text, Place const& place);
  std::string label(std::string const& indicator) const;
  /// The headline figure of an indicator; null if it was not asked for.
  Figure const* headline(std::string const& indicator) const;
  std::optional<Answer> answer_to(std::optional<std::size_t> question) const;
  std::string unique_id(std::string const& wish);
  void number_table(TableBlock& table);
  /// Notes what `{ref:id}` of a section reads: its first table or chart among the blocks from `first` on, or its
  /// heading.
  void note_target(Section const& section, std::size_t first);
  /// Puts the texts of references where their ids stand.
  void resolve_references();
  void show_indicator(std::string const& id);

  Programme const& programme_;
  ReportSpec const& report_;
  AnswerSet const& answers_;
  ComposeContext const& context_;
  Catalogue const& catalogue_;
  Locale const& locale_;
  ReportPlan plan_;
  Document document_{};
  Diagnostics errors_{};
  NarrativeValues values_{};
  std::optional<Answer> headline_{};
  std::optional<Answer> history_{};
  std::vector<std::string> shown_{};  // indicators, in order of appearance
  std::set<std::string> ids_{};
  struct Target {
    std::string text;
    std::string anchor;
  };
  std::map<std::string, Target> targets_{};  // by section id
  int tables_ = 0;
  int figures_ = 0;
  bool landscape_ = false;
};

}  // namespace yekun
