// SHA-256, for provenance, and a key for fingerprints (text_bytes.h).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace yekun {

/// Lower-case hexadecimal, 64 digits.
std::string sha256_hex(std::string_view bytes);

inline constexpr std::size_t kFingerprintKey = 16;  // bytes
/// Bytes that nobody can foresee; empty where the system has none.
std::string random_fingerprint_key();

}  // namespace yekun
