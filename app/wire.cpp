#include "app/wire.h"

#include <algorithm>

namespace yekun {

void Packer::add(Diagnostics const& diagnostics) {
  add(diagnostics.size());
  for (auto const& one : diagnostics) {
    for (auto const number : {static_cast<std::uint64_t>(one.severity), static_cast<std::uint64_t>(one.fault),
                              one.place.line, one.place.column, one.place.row})
      add(number);
    for (auto const* text : {&one.code, &one.place.file, &one.place.field, &one.message, &one.hint, &one.source_line})
      add(*text);
  }
}

std::uint64_t Unpacker::number() {
  std::uint64_t out = 0;
  if (bytes_.size() < sizeof out) return bytes_ = {}, 0;
  std::memcpy(&out, bytes_.data(), sizeof out);
  bytes_.remove_prefix(sizeof out);
  return out;
}

std::string Unpacker::text() {
  auto const said = number();
  auto const size = std::min<std::uint64_t>(said, bytes_.size());
  std::string out(bytes_.substr(0, size));
  bytes_.remove_prefix(size);
  return out;
}

Diagnostics Unpacker::diagnostics() {
  Diagnostics out;
  for (auto count = number(); count > 0 && !bytes_.empty(); --count) {
    Diagnostic one;
    one.severity = static_cast<Severity>(number());
    one.fault = static_cast<Fault>(number());
    one.place.line = number();
    one.place.column = number();
    one.place.row = number();
    for (auto* to : {&one.code, &one.place.file, &one.place.field, &one.message, &one.hint, &one.source_line})
      *to = text();
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace yekun
