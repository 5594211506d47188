// SHA-256, for provenance.
#pragma once

#include <string>
#include <string_view>

namespace yekun {

/// Lower-case hexadecimal, 64 digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace yekun
