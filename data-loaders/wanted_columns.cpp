#include "data-loaders/wanted_columns.h"

#include <fmt/format.h>

#include <algorithm>

namespace yekun {

Result<std::vector<std::size_t>> find_wanted(ScanRequest const& request, std::vector<std::string> const& names,
                                             Dataset const& dataset, std::string const& file,
                                             std::uint64_t header_row) {
  std::vector<std::size_t> places;
  Diagnostics problems;
  for (auto const& wanted : request.columns) {
    auto const at = std::find(names.begin(), names.end(), wanted.name);
    if (at != names.end()) {
      places.push_back(static_cast<std::size_t>(at - names.begin()));
    } else if (wanted.name == dataset.source.file_column) {
      places.push_back(kFileColumn);
    } else if (wanted.name == dataset.source.sheet_column) {
      places.push_back(kSheetColumn);
    } else if (wanted.optional) {
      places.push_back(kNoColumn);
    } else {
      problems.push_back({.fault = Fault::data,
                          .code = "unknown-column",
                          .place = {.file = file, .row = header_row, .field = wanted.name},
                          .message = fmt::format("'{}' has no column '{}'", file, wanted.name),
                          .hint = suggestion(wanted.name, names)});
    }
  }
  if (!problems.empty()) return failure(std::move(problems));
  return places;
}

std::vector<Finding> tell_differences(std::vector<std::string> const& first, std::vector<std::string> const& names,
                                      ScanRequest const& request, std::uint64_t header_row) {
  std::vector<Finding> found;
  auto const is_in = [](std::vector<std::string> const& all, std::string const& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  for (auto const& wanted : request.columns)
    if (wanted.optional && is_in(first, wanted.name) && !is_in(names, wanted.name))
      found.push_back({.row = header_row,
                       .column = wanted.name,
                       .rule = "missing-column",
                       .reason = "the first file has this column, this one has not; it is missing in all its rows"});
  for (auto const& name : names) {
    bool const read = std::any_of(request.columns.begin(), request.columns.end(),
                                  [&](auto const& wanted) { return wanted.name == name; });
    if (!is_in(first, name) && !read)
      found.push_back({.row = header_row,
                       .column = name,
                       .rule = "extra-column",
                       .reason = "the first file has no such column; it is not read"});
  }
  return found;
}

Diagnostic unreadable(std::string const& file, std::string_view reason) {
  auto const hint = reason.find("; ");
  Diagnostic diagnostic{.fault = Fault::data,
                        .code = "unreadable-file",
                        .place = {.file = file},
                        .message = fmt::format("'{}' {}", file, reason.substr(0, hint))};
  if (hint != std::string_view::npos) diagnostic.hint = std::string(reason.substr(hint + 2));
  return diagnostic;
}

std::string file_name(std::string const& file) { return file.substr(file.rfind('/') + 1); }

}  // namespace yekun
