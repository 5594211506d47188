// Keeps what parts gave in segments of the cache.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "indicators/partial_part.h"

namespace yekun {

using Segments = std::map<std::string, Segment>;

class PartialKeeper {
 public:
  /// `unchanged`: whether the part's files are still those that were read.
  PartialKeeper(CompiledPlan const& plan, IdTables const& tables, CacheStore& store,
                std::function<bool(Part const&)> unchanged)
      : plan_(plan), tables_(tables), store_(store), unchanged_(std::move(unchanged)) {}

  /// Keeps the parts that were read together with `others`, whose blocks are in `segments`: those segments go. Then the
  /// groups and contacts of those read are folded into `into`, unless it is null, and their workers dropped. False:
  /// what was gathered cannot be put together.
  bool keep(std::vector<Part*> const& read, std::vector<Part*> const& others, Segments const& segments,
            ScanWorker* into);

 private:
  struct Draft;
  bool write(std::span<Part* const> parts, Segments const& segments, ScanWorker* into);
  bool add_blocks(Part& part, Segments const& segments, Draft& draft);
  bool fold(Part const& part, Draft const& draft, ScanWorker& into) const;
  void put(Draft& draft, std::string const& bytes);

  CompiledPlan const& plan_;
  IdTables const& tables_;
  CacheStore& store_;
  std::function<bool(Part const&)> unchanged_;
};

/// Which of the found parts are written anew together with `read` new ones, so that there are never many segments and
/// each part is written seldom: those of the small segments.
std::vector<Part*> parts_to_merge(std::vector<Part>& parts, std::size_t read);

}  // namespace yekun
