#include "data-loaders/json_bytes.h"

namespace yekun {

void JsonBytes::fill() {
  at_ = 0;
  data_ = buffer_.data();
  size_ = read_ ? read_(buffer_) : 0;
}

/// Keeps the length of the text or number at hand.
void JsonBytes::follow(char c) {
  if (quoted_) {
    ++run_;
    if (escaped_)
      escaped_ = false;
    else if (c == '\\')
      escaped_ = true;
    else if (c == '"')
      quoted_ = false;
  } else if (c == '"') {
    quoted_ = true;
    run_ = 0;
  } else if (c == ',' || c == ':' || c == ' ' || c == '\n' || c == '[' || c == '{') {
    run_ = 0;
  } else {
    ++run_;
  }
  if (c == '\n') {
    ++line_;
    column_ = 0;
  }
  ++column_;
}

void JsonBytes::advance() {
  follow(data_[at_]);
  ++at_;
  if (run_ > kMostToken) {
    too_long_ = true;
    at_ = size_;
    return;
  }
  if (at_ == size_) fill();
}

}  // namespace yekun
