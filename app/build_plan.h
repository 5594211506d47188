// What a build makes, worked out from the report and the command line before anything is read.
#pragma once

#include <string>
#include <vector>

#include "indicators/definitions.h"
#include "reports/report_spec.h"

namespace yekun {

struct BuildOptions {
  std::string report{};
  std::string period{};
  std::string out = "out";
  std::string only{};
  std::string member{};  // --for: "region=Quba"
  std::string languages{};
  bool lenient = false;  // what cannot be shown well warns instead of failing
};

struct BuildPlan {
  ReportSpec report{};  // with the charts' periods looked up
  Period period{};
  std::vector<std::string> languages{};
  std::vector<OutputKind> kinds{};
  std::string member{};  // empty: all
  bool lenient = false;
};

/// Errors: options that cannot be read or do not fit the report (Fault::usage).
Result<BuildPlan> plan_build(BuildOptions const& options, ReportSpec const& report, Programme const& programme,
                             Date as_of);

/// The report's path from the programme's folder.
std::string path_in_programme(ReportSpec const& report, Programme const& programme);

/// The command that builds the report again, with paths from the programme's folder, so that it is the same wherever
/// the report was built.
std::string build_command(ReportSpec const& report, Programme const& programme, Period const& period, Date as_of);

}  // namespace yekun
