// A report read, checked and computed: what its documents are composed from. Shared by build and chart.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/build_plan.h"
#include "app/command.h"
#include "output/scene_type.h"
#include "reports/comments.h"
#include "reports/compose.h"

namespace yekun {

struct PreparedReport {
  Programme programme{};
  std::string spec_sha256{};
  std::string programme_text{};
  BuildPlan plan{};
  AnswerSet answers{};
  std::vector<Comment> comments{};
  std::string logo{};
  Date as_of{};
  Theme theme{};
  std::vector<RestatedFigure> restated{};  // set by add_restated (restated.h)
  std::int64_t submissions = 0;            // the number of the last one that was looked at
  std::string receipt{};
};

/// What files of this report carry, worked out again.
void set_receipt(PreparedReport& report);

/// Reads the report and its data and computes all of it, so that what is suppressed never depends on what is shown.
/// Prints warnings and findings; nothing if there are errors: they are printed and `exit` says which.
std::optional<PreparedReport> prepare(BuildOptions const& options, Run const& run, Exit& exit);

/// Whose document it is.
struct ReportMember {
  std::string value{};  // of for_each; empty: the whole, or the overview of all members
  std::string name{};   // its part of file names
};

/// The document of one language and member.
Result<Document> compose_for(PreparedReport const& report, Catalogue const& catalogue, SceneType const& measurer,
                             ReportMember const& member);

/// Which documents to make: one, or the overview and each member, or the member that `--for` chose.
Result<std::vector<ReportMember>> members_of(PreparedReport const& report);

}  // namespace yekun
