// The facts of several files, as those of one scan.
#pragma once

#include <vector>

#include "indicators/partial_states.h"

namespace yekun {

class FactsJoiner {
 public:
  /// `order`: what is added to the file's places in input order. In the order of the files.
  void add(RowFacts facts, std::uint64_t order);
  RowFacts take();

 private:
  RowFacts out_{};
  std::vector<Finding> notes_{};
  std::vector<Finding> of_rows_{};
};

}  // namespace yekun
