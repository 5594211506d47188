// Any bytes as what the cache keeps: as an entry, as a file's facts and as its groups. Nothing crashes, and only a
// whole entry of the right key has a content.
#include <cstdlib>

#include "indicators/cache_store.h"
#include "tests/indicators/partial_plan.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yekun;
  static Dataset const dataset = test::partial_dataset();
  static CompiledPlan const plan = test::partial_plan(dataset);
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  for (bool const as_segment : {false, true}) (void)test::load_partial(plan, bytes, as_segment);
  if (auto const content = entry_content(bytes, "key");
      content && bytes != entry_head("key", *content) + std::string(*content))
    std::abort();
  return 0;
}
