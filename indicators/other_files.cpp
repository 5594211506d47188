#include "indicators/other_files.h"

#include <algorithm>
#include <utility>

namespace yekun {

namespace {

Result<void> add_files(std::string const& name, Source const& source, std::vector<DatasetFacts>& facts) {
  struct Nowhere final : BatchSink {
    void begin(unsigned /*workers*/) override {}
    bool accept(Batch& /*batch*/) override { return true; }
  } sink;
  ScanRequest request;
  request.hash_files = true;
  auto scanned = source.scan(request, sink);
  if (!scanned) return failure(std::move(scanned.error()));
  DatasetFacts one;
  one.dataset = name;
  one.summary = std::move(*scanned);
  facts.push_back(std::move(one));
  return {};
}

/// The datasets that are looked up and not scanned, each once, in the order in which they are named.
std::vector<std::string> looked_up(Programme const& programme, std::vector<DatasetFacts> const& facts) {
  std::vector<std::string> names;
  auto const known = [&](std::string const& name) {
    return std::find(names.begin(), names.end(), name) != names.end() ||
           std::any_of(facts.begin(), facts.end(), [&](DatasetFacts const& one) { return one.dataset == name; });
  };
  for (DatasetFacts const& one : facts)
    for (LookupSpec const& lookup : programme.dataset(one.dataset)->lookups)
      if (!known(lookup.target)) names.push_back(lookup.target);
  return names;
}

}  // namespace

Result<void> add_other_files(Programme const& programme, SourceCache& sources, SourceContext const& context,
                             std::vector<DatasetFacts>& facts) {
  for (std::string const& name : looked_up(programme, facts)) {
    auto const source = sources.open(name);
    if (!source) return failure(source.error());
    if (auto added = add_files(name, **source, facts); !added) return added;
  }
  std::vector<std::string> done;
  for (Indicator const& indicator : programme.indicators) {
    if (indicator.targets_file.empty() || std::find(done.begin(), done.end(), indicator.targets_file) != done.end())
      continue;
    done.push_back(indicator.targets_file);
    Dataset targets;
    targets.id = "targets";
    targets.source.files = {indicator.targets_file};
    auto const source = open_source(targets, context);
    if (!source) return failure(source.error());
    if (auto added = add_files("targets", **source, facts); !added) return added;
  }
  return {};
}

}  // namespace yekun
