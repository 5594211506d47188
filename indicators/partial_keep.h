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
  /// Calls f(index, worker) for each of some tasks, several at once for different workers.
  using InParallel = std::function<void(std::size_t tasks, std::function<void(std::size_t, unsigned)> const& f)>;

  /// `unchanged`: whether the part's files are still those that were read.
  PartialKeeper(CompiledPlan const& plan, IdTables const& tables, CacheStore& store, InParallel in_parallel,
                std::function<bool(Part const&)> unchanged)
      : plan_(plan),
        tables_(tables),
        store_(store),
        in_parallel_(std::move(in_parallel)),
        unchanged_(std::move(unchanged)) {}

  /// Keeps the parts that were read together with `others`, whose blocks are in `segments`: those segments go. The
  /// groups and contacts of those read are folded into `into`, by worker, unless it is empty, and their own workers
  /// dropped. False: what was gathered cannot be put together.
  bool keep(std::vector<Part*> const& read, std::vector<Part*> const& others, Segments const& segments,
            Workers const& into);

 private:
  struct Draft;
  bool write(std::span<Part* const> parts, Segments const& segments, Workers const& into);
  bool note_ids(Part const& part, Segments const& segments, Draft& draft) const;
  std::optional<PartialBytes> block_of(Part const& part, bool contacts, Segments const& segments,
                                       Draft const& draft) const;
  bool fold(Part const& part, Draft const& draft, std::size_t at, ScanWorker& into) const;
  void put(std::span<Part* const> parts, Draft const& draft, std::string const& bytes);

  CompiledPlan const& plan_;
  IdTables const& tables_;
  CacheStore& store_;
  InParallel in_parallel_;
  std::function<bool(Part const&)> unchanged_;
};

/// Which of the found parts are written anew together with `read` new ones, so that there are never many segments and
/// each part is written seldom: those of the small segments.
std::vector<Part*> parts_to_merge(std::vector<Part>& parts, std::size_t read);

}  // namespace yekun
