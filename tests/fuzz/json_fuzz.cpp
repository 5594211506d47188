// Any bytes as a JSON text: its shape and its records.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "data-loaders/json_records.h"

namespace {

class CountingSink final : public yekun::JsonSink {
 public:
  void value(std::string_view path, yekun::JsonValue const& value) override {
    bytes += path.size() + value.text.size();
  }
  bool joins(std::string_view path) override { return path.size() % 2 == 0; }
  bool end_record() override { return ++records < 10'000; }
  std::size_t bytes = 0;
  std::size_t records = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  yekun::JsonBytes bytes(text);
  auto const shape = yekun::find_shape(bytes, "");
  if (!shape) return 0;
  yekun::JsonBytes again(text);
  CountingSink sink;
  static_cast<void>(yekun::read_records(again, *shape, ";", sink));
  return 0;
}
