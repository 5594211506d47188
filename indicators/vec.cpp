#include "indicators/vec.h"

#include <algorithm>

namespace yekun {

std::string_view Scratch::keep(std::string_view text) const {
  if (text.empty()) return {};
  char* room = static_cast<char*>(texts->allocate(text.size(), 1));
  std::copy(text.begin(), text.end(), room);
  return {room, text.size()};
}

Vec make_vec(Type type, std::size_t n) {
  Vec v;
  v.type = type;
  v.own_flags.resize(n);
  v.flags = v.own_flags.data();
  if (type == Type::number) {
    v.own_number.resize(n);
    v.number = v.own_number.data();
  } else if (type == Type::text) {
    v.own_text.resize(n);
    v.text = v.own_text.data();
  } else if (type != Type::boolean) {
    v.own_whole.resize(n);
    v.whole = v.own_whole.data();
  }
  return v;
}

}  // namespace yekun
