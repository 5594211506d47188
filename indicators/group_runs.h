// Rows of a batch in the order of their groups.
#pragma once

#include <cstddef>
#include <cstdint>

namespace yekun {

/// Rows [begin, end) belong to the group.
struct GroupRun {
  std::uint32_t group = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// Behind masks and whole numbers as many more entries can be read.
inline constexpr std::size_t kMaskSlack = 64;
inline constexpr std::size_t kNumberSlack = 8;

/// Values of an expression; of the two the one that its type needs.
struct OrderedNumbers {
  std::int64_t const* whole = nullptr;
  double const* number = nullptr;
  bool small = false;  // whole: 48 bits at most, with their sign
};

}  // namespace yekun
